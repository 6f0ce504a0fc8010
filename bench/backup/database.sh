#!/usr/bin/env bash
# The database again and again: a first backup, one after which nothing changed, one after an old month was rated anew, one after new calls,
# beside mariadb-dump | gzip -1 and mydumper of the same database. MYDUMPER names a folder
# with its binary and, in lib/, libraries that the container lacks; it is copied there.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

LAB=../../tests/lab/lab
NAME=${ASTERISELL_LAB_NAME:?name a lab that is up}
ROUNDS=${ROUNDS:-3}
CDRS=${CDRS:-1250000}
INSTANCE=bench-months
WORK=$(mktemp -d)
KEEP=${KEEP:-}
trap 'rm -rf "$WORK"; [[ -n $KEEP ]] || "$LAB" rm --name "$NAME" local "$INSTANCE" >/dev/null 2>&1 || true' EXIT
eval "$("$LAB" env --name "$NAME")"

in_container() { docker -H "$LAB_LOCAL" exec "$@"; }
sql() { in_container "$INSTANCE" mysql -uroot "-pdb-password-of-$INSTANCE" --batch --skip-column-names "$INSTANCE" -e "$1"; }

machine() {
  printf '%s, %s cores, %s memory; %s; Docker %s; %s; %s' \
    "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)" "$(nproc)" "$(free -g | awk '/^Mem/ { print $2 " GiB" }')" \
    "$(sed -n 's,^PRETTY_NAME="\(.*\)",\1,p' /etc/os-release)" "$(docker -H "$LAB_LOCAL" version --format '{{.Server.Version}}')" \
    "$(in_container "$INSTANCE" mariadb-dump --version | awk '{ print $1, $5 }')" "PowerShell $(pwsh --version | awk '{ print $2 }')"
}

# What an operator types; the file is where our snapshot is too.
dump() {
  in_container "$INSTANCE" bash -c "set -o pipefail; mariadb-dump --user=root --password=db-password-of-$INSTANCE --single-transaction --quick --routines \
    --triggers --events --hex-blob $INSTANCE | gzip -1" >"$WORK/peer.sql.gz" && sync -d "$WORK/peer.sql.gz"
}
# Four threads, compressed, in the container: bringing its files here is not counted.
mydumper() {
  in_container "$INSTANCE" bash -c "rm -rf /var/tmp/my && LD_LIBRARY_PATH=/tmp/mydumper/lib /tmp/mydumper/mydumper --user root --password db-password-of-$INSTANCE --socket \$(mysql -uroot \
    -pdb-password-of-$INSTANCE -Ne 'SELECT @@socket') --database $INSTANCE --threads 4 --compress --triggers --routines --events --rows 100000 \
    --outputdir /var/tmp/my && sync -f /var/tmp"
}

# Appends the seconds of a peer to its file.
peer() {
  local start=$EPOCHREALTIME
  "$1" >/dev/null 2>"$WORK/error" || { cat "$WORK/error" >&2; return 1; }
  local end=$EPOCHREALTIME
  awk -v us=$((${end/./} - ${start/./})) 'BEGIN { printf "%.2f\n", us / 1e6 }' >>"$WORK/$1"
}

ours() { pwsh -NoProfile -NonInteractive -File database.ps1 ../../out/Asterisell/Asterisell.psd1 "$WORK/asterisell.yml" "local/$INSTANCE" "$WORK/backups" >>"$WORK/ours-$1"; }

median() { awk -v c="$2" '{ print $c }' "$WORK/$1" | sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }
row() { # text, file, base
  awk -v t="$1" -v s="$(median "$2" 1)" -v d="$(median "$2" 2)" -v m="$(awk '{ print $3 }' "$WORK/$2" | sort -n | tail -1)" -v n="$(median "$2" 4)" -v h="$(median "$2" 5)" \
    -v ms="$(awk '{ print $6 }' "$WORK/$2" | sort -n | tail -1)" -v b="$3" 'BEGIN { printf "| %s | %.2f | %.2f | %s / %s | %s | %s | %.1f |\n", t, s, d, n, h, ms, m, b / d }'
}

docker -H "$LAB_LOCAL" inspect "$INSTANCE" >/dev/null 2>&1 || "$LAB" run --name "$NAME" local "$INSTANCE" --no-cron --cdrs "$CDRS" --months 24 >/dev/null
[[ -z ${MYDUMPER:-} ]] || docker -H "$LAB_LOCAL" cp "$MYDUMPER/." "$INSTANCE:/tmp/mydumper/" >/dev/null
{ echo 'version: 1'; echo 'hosts:'; printf '  local: { endpoint: "%s" }\n' "$LAB_LOCAL"; printf 'instances:\n  local/%s: {}\n' "$INSTANCE"; } >"$WORK/asterisell.yml"
old=$(sql "SELECT LEFT(MIN(calldate) + INTERVAL 5 MONTH, 7) FROM ar_cdr") rows=$(sql 'SELECT COUNT(*) FROM ar_cdr')

dump
for ((round = 0; round < ROUNDS; round++)); do
  peer dump
  [[ -z ${MYDUMPER:-} ]] || peer mydumper
  rm -rf "$WORK/backups"
  ours first
  ours same
  sql "UPDATE ar_cdr SET income = IFNULL(income, 0) + 1 WHERE calldate LIKE '$old%' LIMIT 1"
  ours rated
  sql "INSERT INTO ar_source_cdr (ar_cdr_provider_id, ar_physical_format_id, calldate, content) SELECT 1, 1, MAX(calldate), 'new' FROM ar_source_cdr"
  sql 'INSERT INTO ar_cdr (calldate, destination_type, income) SELECT MAX(calldate), 1, 1 FROM ar_cdr'
  ours new
done

base=$(median ours-first 2)
cat <<TEXT
# The database of a backup, again and again

$(machine). $rows calls in 24 months; the dump is $(($(gunzip -c "$WORK/peer.sql.gz" | wc -c) / 1048576)) MB of text. Medians of $ROUNDS rounds, in each of which all take their turn; memory and commits held are the
worst seen. Load of the machine at the end: $(cut -d ' ' -f 1 /proc/loadavg).

| | seconds | its database part | months dumped / shared | ms without commits | MB of memory | times as fast as the first |
| --- | --: | --: | --: | --: | --: | --: |
TEXT
row 'First backup' ours-first "$base"
row 'Nothing changed' ours-same "$base"
row 'One call of an old month rated anew' ours-rated "$base"
row 'One new call' ours-new "$base"
printf '\n| beside it | seconds |\n| --- | --: |\n| mariadb-dump, gzip -1 in the container, brought here | %s |\n' "$(median dump 1)"
[[ -z ${MYDUMPER:-} ]] || printf '| mydumper, 4 threads, compressed, left in the container | %s |\n' "$(median mydumper 1)"
