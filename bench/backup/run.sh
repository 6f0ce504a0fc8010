#!/usr/bin/env bash
# A backup of a small and a large database: seconds, processor seconds and peak memory beside mariadb-dump | gzip -1 of the same database.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

LAB=../../tests/lab/lab
NAME=${ASTERISELL_LAB_NAME:?run me by ./build.sh bench, or name a lab that is up}
ROUNDS=${ROUNDS:-5}
SMALL=${SMALL:-80000} LARGE=${LARGE:-1600000}
INSTANCES=(bench-small bench-large)
WORK=$(mktemp -d)
KEEP=${KEEP:-}
trap 'rm -rf "$WORK"; [[ -n $KEEP ]] || "$LAB" rm --name "$NAME" local "${INSTANCES[@]}" >/dev/null 2>&1 || true' EXIT
eval "$("$LAB" env --name "$NAME")"
# shellcheck source=bench/backup/cpu.sh
source cpu.sh

machine() {
  printf '%s, %s cores, %s memory; %s; Docker %s; %s; %s\n' \
    "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)" "$(nproc)" "$(free -g | awk '/^Mem/ { print $2 " GiB" }')" \
    "$(sed -n 's,^PRETTY_NAME="\(.*\)",\1,p' /etc/os-release)" \
    "$("$LAB" docker --name "$NAME" local version --format '{{.Server.Version}}')" \
    "$(in_container bench-small mariadb-dump --version | awk '{ print $1, $5 }')" "PowerShell $(pwsh --version | awk '{ print $2 }')"
}

in_container() { docker -H "$LAB_LOCAL" exec "$@"; }
dump() { echo "mariadb-dump --user=root --password=db-password-of-$1 --single-transaction --quick --routines --triggers --events --hex-blob $1"; }

# Peers: what an operator types. The first leaves the file in the container; the others bring it where our snapshot is too, compressed there or here.
inside() { in_container "$1" bash -c "set -o pipefail; $(dump "$1") | gzip -1 >/var/tmp/bench.sql.gz && sync -d /var/tmp/bench.sql.gz"; }
outside() { in_container "$1" bash -c "$(dump "$1")" | gzip -1 >"$WORK/peer.sql.gz" && sync -d "$WORK/peer.sql.gz"; }
wire() { in_container "$1" bash -c "set -o pipefail; $(dump "$1") | gzip -1" >"$WORK/peer.sql.gz" && sync -d "$WORK/peer.sql.gz"; }

# Peer of Test-AsterisellBackup: what reading the file once more costs at the least.
unpacked() { gunzip -c "$WORK/peer.sql.gz" >/dev/null & sha256sum "$WORK/peer.sql.gz" >/dev/null; wait $!; }

# Appends "seconds processor-seconds" of a peer to its file.
peer() {
  local name=$1 instance=$2 start end before after client
  before=$(engine_cpu) start=$EPOCHREALTIME
  TIMEFORMAT='%U %S'
  client=$({ time "$name" "$instance" >/dev/null 2>&1; } 2>&1)
  end=$EPOCHREALTIME after=$(engine_cpu)
  awk -v us=$((${end/./} - ${start/./})) -v client="$client" -v engine=$((after - before)) 'BEGIN {
    split(client, c, " "); printf "%.2f %.2f\n", us / 1e6, c[1] + c[2] + engine / 1000 }' >>"$WORK/$instance.$name"
}

# Appends "seconds database-seconds processor-seconds MB test-seconds".
ours() {
  local before after line
  before=$(engine_cpu)
  line=$(pwsh -NoProfile -NonInteractive -File ours.ps1 ../../out/Asterisell/Asterisell.psd1 "$WORK/asterisell.yml" "local/$1" "$WORK/backups")
  after=$(engine_cpu)
  awk -v engine=$((after - before)) '{ printf "%s %s %.2f %s %s\n", $1, $2, $3 + engine / 1000, $4, $5 }' <<<"$line" >>"$WORK/$1.ours"
  rm -rf "$WORK/backups"
}

median() { awk -v c="$2" '{ print $c }' "$1" | sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }

exists() { docker -H "$LAB_LOCAL" inspect "$1" >/dev/null 2>&1; }
exists bench-small || "$LAB" run --name "$NAME" local bench-small --no-cron --cdrs "$SMALL" --months 6 >/dev/null
exists bench-large || "$LAB" run --name "$NAME" local bench-large --no-cron --cdrs "$LARGE" --months 24 >/dev/null
{ echo 'version: 1'; echo 'hosts:'; printf '  local: { endpoint: "%s" }\n' "$LAB_LOCAL"
  echo 'instances:'; printf '  local/%s: {}\n' "${INSTANCES[@]}"; } >"$WORK/asterisell.yml"

cat <<TEXT
# A backup beside a plain dump

$(machine). Medians of $ROUNDS rounds; in each round all take their turn. Every file is flushed to the disk. Load of the machine at the begin: $(cut -d ' ' -f 1 /proc/loadavg).

Ours is the whole \`Backup-AsterisellData\`, the first of a fresh PowerShell: dump with its rows counted and compared, files, accounts, hashes, manifest.
Peers write the dump only, through \`gzip -1\`: in the container to a file there; brought here by \`docker exec\` and compressed here; compressed there
and brought here. Processor time is of the client, dockerd, containerd and the containers (the start of PowerShell not counted).

TEXT
for instance in "${INSTANCES[@]}"; do
  for peer in inside outside wire; do "$peer" "$instance" >/dev/null 2>&1; done
  bytes=$(in_container "$instance" bash -c "$(dump "$instance") | wc -c")
  for ((round = 0; round < ROUNDS; round++)); do
    for peer in inside outside wire; do peer "$peer" "$instance"; done
    ours "$instance"
    peer unpacked "$instance"
  done
  awk -v b="$bytes" 'BEGIN { printf "## %d MB of dump\n\n", b / 1048576 }'
  printf '| | seconds | processor seconds | MB/s | ours : it |\n| --- | --: | --: | --: | --: |\n'
  all=$(median "$WORK/$instance.ours" 1)
  line() { awk -v n="$1" -v s="$2" -v c="$3" -v b="$bytes" -v o="$all" 'BEGIN { printf "| %s | %.2f | %s | %.0f | %.2f |\n", n, s, c, b / 1048576 / s, o / s }'; }
  line 'Backup-AsterisellData' "$all" "$(median "$WORK/$instance.ours" 3)"
  line 'its database part' "$(median "$WORK/$instance.ours" 2)" ''
  for peer in inside outside wire; do
    case $peer in
      inside) text='dump, gzip and file in the container' ;;
      outside) text='dump brought here, gzip here' ;;
      wire) text='dump and gzip in the container, brought here' ;;
    esac
    line "$text" "$(median "$WORK/$instance.$peer" 1)" "$(median "$WORK/$instance.$peer" 2)"
  done
  printf '\nPeak memory of PowerShell: %s MB (highest %s MB). Test-AsterisellBackup: %s s; `gunzip` and `sha256sum` of the dump side by side: %s s.\n\n' \
    "$(median "$WORK/$instance.ours" 4)" "$(awk '{ print $4 }' "$WORK/$instance.ours" | sort -n | tail -1)" \
    "$(median "$WORK/$instance.ours" 5)" "$(median "$WORK/$instance.unpacked" 1)"
done
