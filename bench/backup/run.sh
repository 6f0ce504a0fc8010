#!/usr/bin/env bash
# A backup of a small and a large database: seconds beside mariadb-dump | gzip -1 of the same database, and peak memory.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

LAB=../../tests/lab/lab
NAME=${ASTERISELL_LAB_NAME:?run me by ./build.sh bench, or name a lab that is up}
ROUNDS=${ROUNDS:-5}
SMALL=${SMALL:-80000} LARGE=${LARGE:-1600000}
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"; "$LAB" rm --name "$NAME" local bench-small bench-large >/dev/null 2>&1 || true' EXIT
eval "$("$LAB" env --name "$NAME")"

machine() {
  printf '%s, %s cores, %s memory; %s; Docker %s; %s; %s\n' \
    "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)" "$(nproc)" "$(free -g | awk '/^Mem/ { print $2 " GiB" }')" \
    "$(sed -n 's,^PRETTY_NAME="\(.*\)",\1,p' /etc/os-release)" \
    "$("$LAB" docker --name "$NAME" local version --format '{{.Server.Version}}')" \
    "$(in_container bench-small mariadb-dump --version | awk '{ print $1, $5 }')" "PowerShell $(pwsh --version | awk '{ print $2 }')"
}

in_container() { "$LAB" docker --name "$NAME" local exec "$@"; }
dump() { echo "mariadb-dump --user=root --password=db-password-of-$1 --single-transaction --quick --routines --triggers --events --hex-blob $1"; }

# Peers: what an operator types. The first leaves the file in the container, the second brings it where our snapshot is too.
inside() { in_container "$1" bash -c "set -o pipefail; $(dump "$1") | gzip -1 >/var/tmp/bench.sql.gz && sync -d /var/tmp/bench.sql.gz"; }
outside() { in_container "$1" bash -c "$(dump "$1")" | gzip -1 >"$WORK/peer.sql.gz" && sync -d "$WORK/peer.sql.gz"; }

ours() {
  pwsh -NoProfile -NonInteractive -File ours.ps1 ../../out/Asterisell/Asterisell.psd1 "$WORK/asterisell.yml" "local/$1" "$WORK/backups"
  rm -rf "$WORK/backups"
}

seconds() {
  local start=$EPOCHREALTIME end
  "$@" >/dev/null; end=$EPOCHREALTIME
  awk -v us=$(( ${end/./} - ${start/./} )) 'BEGIN { printf "%.2f\n", us / 1e6 }'
}

column() { awk -v c="$2" '{ print $c }' "$1" | sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }

"$LAB" run --name "$NAME" local bench-small --no-cron --cdrs "$SMALL" --months 6 >/dev/null
"$LAB" run --name "$NAME" local bench-large --no-cron --cdrs "$LARGE" --months 24 >/dev/null
{ echo 'version: 1'; echo 'hosts:'; printf '  local: { endpoint: "%s" }\n' "$LAB_LOCAL"
  echo 'instances:'; printf '  local/%s: {}\n' bench-small bench-large; } >"$WORK/asterisell.yml"

printf '# A backup beside a plain dump\n\n%s. Medians of %d rounds, one after the other in each round; every file is flushed to the disk.\n\n' "$(machine)" "$ROUNDS"
printf 'Ours is the whole `Backup-AsterisellData` in a running PowerShell: dump with rows counted and compared, files, accounts, hashes, manifest.\n\n'
printf '| Database (text of the dump) | `mariadb-dump \\| gzip -1` inside | the same, to the host | Backup-AsterisellData | of it the database | ours : inside | ours : host | Peak memory |\n'
printf '| --- | --: | --: | --: | --: | --: | --: | --: |\n'
for instance in bench-small bench-large; do
  for peer in inside outside; do "$peer" "$instance" >/dev/null; : >"$WORK/$instance.$peer"; done
  ours "$instance" >/dev/null; : >"$WORK/$instance.ours"
  for ((round = 0; round < ROUNDS; round++)); do
    for peer in inside outside; do seconds "$peer" "$instance" >>"$WORK/$instance.$peer"; done
    ours "$instance" >>"$WORK/$instance.ours"
  done
  bytes=$(in_container "$instance" bash -c "$(dump "$instance") | wc -c")
  awk -v n="$instance" -v b="$bytes" -v i="$(column "$WORK/$instance.inside" 1)" -v o="$(column "$WORK/$instance.outside" 1)" \
    -v all="$(column "$WORK/$instance.ours" 1)" -v db="$(column "$WORK/$instance.ours" 2)" -v mem="$(column "$WORK/$instance.ours" 3)" \
    'BEGIN { printf "| %d MB | %.2f s | %.2f s | %.2f s | %.2f s | %.2f | %.2f | %d MB |\n", b / 1048576, i, o, all, db, all / i, all / o, mem }'
done
