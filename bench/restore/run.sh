#!/usr/bin/env bash
# A restore and a drill of a large database beside gunzip | mariadb of the same database; and a restore of the application's own backup beside
# its command data restore.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

LAB=../../tests/lab/lab
NAME=${ASTERISELL_LAB_NAME:?run me by ./build.sh bench, or name a lab that is up}
ROUNDS=${ROUNDS:-3}
CDRS=${CDRS:-2000000}
INSTANCE=bench-restore
WORK=$(mktemp -d)
KEEP=${KEEP:-}
trap 'rm -rf "$WORK"; [[ -n $KEEP ]] || "$LAB" rm --name "$NAME" local "$INSTANCE" >/dev/null 2>&1 || true' EXIT
eval "$("$LAB" env --name "$NAME")"
# shellcheck source=bench/backup/cpu.sh
source ../backup/cpu.sh

in_container() { docker -H "$LAB_LOCAL" exec "$@"; }
root() { in_container -i "$INSTANCE" mysql -uroot "-pdb-password-of-$INSTANCE" --max-allowed-packet=1G --batch --skip-column-names "$@"; }
pwsh_ours() { pwsh -NoProfile -NonInteractive -File ours.ps1 ../../out/Asterisell/Asterisell.psd1 "$WORK/asterisell.yml" "local/$INSTANCE" "$WORK/backups" "$1"; }

machine() {
  printf '%s, %s cores, %s memory; %s; Docker %s; MariaDB %s; %s' \
    "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)" "$(nproc)" "$(free -g | awk '/^Mem/ { print $2 " GiB" }')" \
    "$(sed -n 's,^PRETTY_NAME="\(.*\)",\1,p' /etc/os-release)" "$(docker -H "$LAB_LOCAL" version --format '{{.Server.Version}}')" \
    "$(root -e 'SELECT @@version')" "PowerShell $(pwsh --version | awk '{ print $2 }')"
}

# What an operator types, into a database beside the application's; nothing is compared, nothing is exchanged.
peer() {
  root -e 'CREATE DATABASE bench_peer'
  gunzip -c "$WORK/peer.sql.gz" | root bench_peer
}
application_own() {
  printf '%s\n' yes y y root "db-password-of-$INSTANCE" '' | in_container -i "$INSTANCE" bash -c "cd /var/www/$INSTANCE/admin && php asterisell.php data restore 2>/dev/null" | grep -q 'Data restored.'
}

# Largest sum of the memory (MB) of everything below a process, and of the clients that it has in the container; the server is not in it.
sample() {
  local largest=0 sum
  while kill -0 "$1" 2>/dev/null; do
    sum=$(ps -eo pid=,ppid=,rss=,comm=,cgroup= | awk -v root="$1" -v group="$GROUP" '
      { parent[$1] = $2; rss[$1] = $3; client[$1] = index($5, group) && $4 ~ /^(mysql|mariadb|cat|gzip|php|tar)$/ }
      END { for (p in rss) { for (q = p; q > 1 && q != root; q = parent[q]); if (q == root || client[p]) sum += rss[p] } print int(sum / 1024) }')
    ((sum > largest)) && largest=$sum
    sleep 0.3
  done
  echo "$largest"
}

# Appends "seconds load-seconds MB"; the start of PowerShell is not in the seconds.
measure() {
  local name=$1 start end
  shift
  start=$EPOCHREALTIME
  "$@" >"$WORK/said" &
  sample $! >"$WORK/memory"
  wait $!
  end=$EPOCHREALTIME
  awk -v us=$((${end/./} - ${start/./})) -v memory="$(<"$WORK/memory")" 'BEGIN { s = us / 1e6; l = s } NF == 2 { s = $1; l = $2 } END { printf "%.2f %.2f %d\n", s, l, memory }' \
    "$WORK/said" >>"$WORK/$name"
}

median() { awk -v c="$2" '{ print $c }' "$WORK/$1" | sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }
row() { # text, file, base
  awk -v t="$1" -v s="$(median "$2" 1)" -v l="$(median "$2" 2)" -v m="$(awk '{ print $3 }' "$WORK/$2" | sort -n | tail -1)" -v b="$3" \
    'BEGIN { printf "| %s | %.1f | %.1f | %.2f | %.2f | %d |\n", t, s, l, s / b, l / b, m }'
}

docker -H "$LAB_LOCAL" inspect "$INSTANCE" >/dev/null 2>&1 || "$LAB" run --name "$NAME" local "$INSTANCE" --no-cron --cdrs "$CDRS" --months 24 --fault any-time >/dev/null
{ echo 'version: 1'; echo 'hosts:'; printf '  local: { endpoint: "%s" }\n' "$LAB_LOCAL"; printf 'instances:\n  local/%s: {}\n' "$INSTANCE"; } >"$WORK/asterisell.yml"
in_container "$INSTANCE" bash -c "cd /var/www/$INSTANCE/admin && php asterisell.php cron force-execution-of-all-jobs && php asterisell.php run jobs" >/dev/null
rows=$(root "$INSTANCE" -e 'SELECT COUNT(*) FROM ar_cdr')
in_container "$INSTANCE" bash -c "set -o pipefail; mariadb-dump --user=root --password=db-password-of-$INSTANCE --single-transaction --quick --routines --triggers --events \
  --hex-blob $INSTANCE | gzip -1" >"$WORK/peer.sql.gz"
pwsh -NoProfile -NonInteractive -Command "\$ErrorActionPreference = 'Stop'; Import-Module ../../out/Asterisell/Asterisell.psd1
  \$null = Backup-AsterisellData local/$INSTANCE -InventoryPath '$WORK/asterisell.yml' -Destination '$WORK/backups'"
megabytes=$(($(gunzip -c "$WORK/peer.sql.gz" | wc -c) / 1048576))

for ((round = 0; round < ROUNDS; round++)); do
  measure peer peer
  root -e 'DROP DATABASE bench_peer'
  measure restore pwsh_ours restore
  measure drill pwsh_ours drill
  measure files pwsh_ours application
  measure own application_own
done

base=$(median peer 1) own=$(median own 1)
cat <<TEXT
# A restore and a drill

$(machine). $rows calls in 24 months; the dump is $megabytes MB of text. Medians of all rounds ($ROUNDS), in each of which all take their turn; memory is the worst seen, of all
processes on this side and of the clients in the container, without the database server. Load of the machine at the end: $(cut -d ' ' -f 1 /proc/loadavg).

Ours reads the backup whole first, loads beside the present data, counts every table and the calls of every day twice, exchanges, and looks for upgrade
jobs; the drill makes its own container besides, asks both web applications, and removes it. The peer loads a dump into an empty database, and looks at nothing.

| | seconds | of which loading | all : peer | loading : peer | MB of memory |
| --- | --: | --: | --: | --: | --: |
TEXT
row "\`gunzip -c dump.sql.gz \\\\| mariadb\`" peer "$base"
row 'Restore-AsterisellData' restore "$base"
row 'Test-AsterisellBackup -Level Restore' drill "$base"
cat <<TEXT

The application's own daily backup of the same calls. \`data restore\` drops the database first and compares nothing.

| | seconds | of which loading | all : peer | loading : peer | MB of memory |
| --- | --: | --: | --: | --: | --: |
TEXT
row "\`asterisell.php data restore\` (the stand-in)" own "$own"
row 'Restore-AsterisellData -FromApplicationBackup' files "$own"
