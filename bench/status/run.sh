#!/usr/bin/env bash
# Status of 2, 20 and 100 containers on two hosts: ours beside what an operator would do by hand. Medians and ratios.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
# shellcheck source=bench/status/questions.sh
source questions.sh
# shellcheck source=bench/status/peers.sh
source peers.sh

LAB=../../tests/lab/lab
NAME=${ASTERISELL_LAB_NAME:?run me by ./build.sh bench, or name a lab that is up}
ROUNDS=${ROUNDS:-5}
WORK=$(mktemp -d); trap 'rm -rf "$WORK"' EXIT
eval "$("$LAB" env --name "$NAME")"

# fleet COUNT: 2 whole instances, the rest light ones, half of them on each host. Fills $WORK/fleet (ENGINE-SOCKET NAME).
fleet() {
  local count=$1 light=$(( ($1 - 2) / 2 )) engine i
  : >"$WORK/fleet"; : >"$WORK/instances"
  for engine in local milan; do
    "$LAB" light --name "$NAME" "$engine" 0 bench >/dev/null
    if ((light)); then "$LAB" light --name "$NAME" "$engine" "$light" bench >/dev/null; fi
    local socket; socket=$(socket "$engine")
    echo "$socket bench-main" >>"$WORK/fleet"; echo "$engine bench-main" >>"$WORK/instances"
    for ((i = 1; i <= light; i++)); do
      printf '%s bench-%03d\n' "$socket" "$i" >>"$WORK/fleet"; printf '%s bench-%03d\n' "$engine" "$i" >>"$WORK/instances"
    done
  done
  [[ $(wc -l <"$WORK/fleet") -eq $count ]]
}
socket() { if [[ $1 == local ]]; then echo "$LAB_LOCAL"; else echo "$LAB_MILAN_SOCKET"; fi; }

# median COMMAND… : seconds, of $ROUNDS runs after one that warms up; of a single one without where $ROUNDS is 1.
median() {
  local round start end
  if ((ROUNDS > 1)); then "$@" >/dev/null 2>&1 || true; fi
  for ((round = 0; round < ROUNDS; round++)); do
    start=$EPOCHREALTIME; "$@" >/dev/null 2>&1 || true; end=$EPOCHREALTIME
    echo $(( ${end/./} - ${start/./} ))
  done | sort -n | awk '{ a[NR] = $1 } END { printf "%.2f\n", a[int((NR + 1) / 2)] / 1e6 }'
}

machine() {
  printf '%s, %s cores, %s memory; %s; Docker %s, runc %s\n' \
    "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)" "$(nproc)" "$(free -g | awk '/^Mem/ { print $2 " GiB" }')" \
    "$(sed -n 's,^PRETTY_NAME="\(.*\)",\1,p' /etc/os-release)" \
    "$("$LAB" docker --name "$NAME" local version --format '{{.Server.Version}}')" "$(runc --version | awk 'NR == 1 { print $3 }')"
}

for engine in local milan; do "$LAB" run --name "$NAME" "$engine" bench-main >/dev/null; done
inventory() {
  { echo 'version: 1'; echo 'hosts:'
    printf '  local: { endpoint: "%s" }\n' "$LAB_LOCAL"
    printf '  milan: { endpoint: "%s", sshConfigFile: "%s" }\n' "$LAB_MILAN" "$LAB_SSH_CONFIG"
    echo 'instances:'
    while read -r host name; do printf '  %s/%s: {}\n' "$host" "$name"; done <"$WORK/instances"
  } >"$WORK/asterisell.yml"
}

printf '# Status of a fleet\n\n%s. Seconds, medians of %d runs; loop, xargs and ansible for more than 2: one run.\nPeers talk to both engines by their sockets; ours reaches one of them by ssh. Load of the machine at the begin: %s.\n\n' "$(machine)" "$ROUNDS" "$(cut -d ' ' -f 1 /proc/loadavg)"
printf '| containers | Get-AsterisellStatus | loop | xargs -P 8 | ansible -f 20 | floor | loop ÷ ours | xargs ÷ ours | ansible ÷ ours | floor ÷ ours |\n'
printf '|---|---|---|---|---|---|---|---|---|---|\n'
for count in ${COUNTS:-2 20 100}; do
  fleet "$count"; inventory
  ours=$(pwsh -NoProfile -NonInteractive -File ours.ps1 -Module ../../out/Asterisell -Inventory "$WORK/asterisell.yml" -Rounds "$ROUNDS")
  # Peers that take minutes for a large fleet are run once for it.
  many=$ROUNDS; ((count <= 2)) || many=1
  loop=$(ROUNDS=$many median peer_loop "$WORK/fleet"); parallel=$(ROUNDS=$many median peer_parallel "$WORK/fleet")
  floor=$(median peer_floor "$WORK/fleet")
  ansible=-; if command -v ansible >/dev/null; then ansible=$(ROUNDS=$many median peer_ansible "$WORK/fleet"); fi
  awk -v n="$count" -v o="$ours" -v l="$loop" -v p="$parallel" -v a="$ansible" -v f="$floor" 'BEGIN {
    printf "| %d | %.2f | %.2f | %.2f | %s | %.2f | %.1f | %.1f | %s | %.2f |\n", n, o, l, p, a, f, l / o, p / o, (a == "-" ? "-" : sprintf("%.1f", a / o)), f / o }'
done
for engine in local milan; do
  "$LAB" light --name "$NAME" "$engine" 0 bench >/dev/null; "$LAB" rm --name "$NAME" "$engine" bench-main >/dev/null
done
