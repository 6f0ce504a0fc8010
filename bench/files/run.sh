#!/usr/bin/env bash
# shellcheck disable=SC2016
# Many small uploads: the first backup, one with nothing changed, one with 100 files changed, beside programs that do nothing else.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

LAB=../../tests/lab/lab
NAME=${ASTERISELL_LAB_NAME:?run me by ./build.sh bench, or name a lab that is up}
ROUNDS=${ROUNDS:-5} FILES=${FILES:-100000}
INSTANCE=bench-files
WORK=$(mktemp -d)
KEEP=${KEEP:-}
trap 'rm -rf "$WORK"; [[ -n $KEEP ]] || "$LAB" rm --name "$NAME" local "$INSTANCE" >/dev/null 2>&1 || true' EXIT
eval "$("$LAB" env --name "$NAME")"
PEERS=(tree rsync rdiff restic borg)
export RESTIC_PASSWORD=bench BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK=yes BORG_BASE_DIR=$WORK/borg-home RESTIC_CACHE_DIR=$WORK/restic-cache

machine() {
  printf '%s, %s cores, %s memory; %s; %s; Docker %s; PowerShell %s; rsync %s, rdiff-backup %s, restic %s, borg %s\n' \
    "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)" "$(nproc)" "$(free -g | awk '/^Mem/ { print $2 " GiB" }')" \
    "$(sed -n 's,^PRETTY_NAME="\(.*\)",\1,p' /etc/os-release)" "$(stat -f -c %T "$WORK")" \
    "$("$LAB" docker --name "$NAME" local version --format '{{.Server.Version}}')" "$(pwsh --version | awk '{ print $2 }')" \
    "$(rsync --version | awk 'NR == 1 { print $3 }')" "$(rdiff-backup --version | awk '{ print $2 }')" \
    "$(restic version | awk '{ print $2 }')" "$(borg --version | awk '{ print $2 }')"
}

in_container() { docker -H "$LAB_LOCAL" exec "$INSTANCE" "$@"; }

# Names and content of logos and invoices, the same at every run.
FILL='my ($root, $files) = @ARGV; srand(1);
  for my $i (0 .. $files - 1) { my $d = sprintf("%s/d%03d", $root, $i / 1000); mkdir $d; open(my $f, ">", sprintf("%s/upload-%06d.png", $d, $i)) or die;
    print $f pack("N*", map { int rand 4294967296 } 1 .. 100 + int rand 900); close $f }'
CHANGE='my ($root, $round) = @ARGV; for my $i (0 .. 99) { open(my $f, ">>", sprintf("%s/d000/upload-%06d.png", $root, $i * 10)) or die; print $f "round $round\n"; close $f }'

# Peers read the files straight from the disk; ours asks the container.
tree() { # what a browsable tree costs at the least: one look at every file, one link for each
  find "$SOURCE" -printf '%p %s %T@\n' >/dev/null
  if [[ -e $WORK/tree/last ]]; then cp -al "$(readlink -f "$WORK/tree/last")" "$WORK/tree/$1"; else mkdir "$WORK/tree"; cp -a "$SOURCE" "$WORK/tree/$1"; fi
  ln -sfn "$1" "$WORK/tree/last"
}
rsync_to() {
  mkdir -p "$WORK/rsync"
  rsync --archive --hard-links --numeric-ids ${2:+--link-dest="$WORK/rsync/$2"} "$SOURCE/" "$WORK/rsync/$1/"
}
rsync_run() { rsync_to "$1" "$(cat "$WORK/rsync.last" 2>/dev/null || true)"; echo "$1" >"$WORK/rsync.last"; }
rdiff_run() { rdiff-backup --api-version 201 backup "$SOURCE" "$WORK/rdiff"; }
restic_run() { [[ -d $WORK/restic ]] || restic init --quiet --repo "$WORK/restic"; restic --quiet --repo "$WORK/restic" backup "$SOURCE"; }
borg_run() { [[ -d $WORK/borg ]] || borg init --encryption none "$WORK/borg"; borg create "$WORK/borg::$1" "$SOURCE"; }

# Appends "seconds MB" of a peer to its file; everything is on the disk then.
peer() {
  local name=$1 kind=$2 id=$3 start end
  export WORK SOURCE
  start=$EPOCHREALTIME
  /usr/bin/time -o "$WORK/memory" -f %M bash -euo pipefail -c "$(declare -f tree rsync_to rsync_run rdiff_run restic_run borg_run); $([[ $name == tree ]] && echo tree || echo "${name}_run") $id; sync -f '$WORK'" >/dev/null 2>&1
  end=$EPOCHREALTIME
  awk -v us=$((${end/./} - ${start/./})) -v kb="$(tail -1 "$WORK/memory")" 'BEGIN { printf "%.2f %.0f\n", us / 1e6, kb / 1024 }' >>"$WORK/$kind.$name"
}

ours() {
  pwsh -NoProfile -NonInteractive -File ours.ps1 ../../out/Asterisell/Asterisell.psd1 "$WORK/asterisell.yml" "local/$INSTANCE" "$WORK/ours" >>"$WORK/$1.ours"
}

all() { # KIND ID
  local name
  ours "$1"
  for name in "${PEERS[@]}"; do peer "$name" "$1" "$2"; done
}

median() { awk -v c="$2" '{ print $c }' "$1" | sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }
highest() { awk -v c="$2" '{ print $c }' "$1" | sort -n | tail -1; }

docker -H "$LAB_LOCAL" inspect "$INSTANCE" >/dev/null 2>&1 || "$LAB" run --name "$NAME" local "$INSTANCE" --no-cron >/dev/null
UPLOADS=$(in_container bash -c 'echo /var/www/*/admin/web/uploads')
SOURCE=$(docker -H "$LAB_LOCAL" inspect -f '{{ (index .Mounts 0).Source }}' "$INSTANCE")${UPLOADS#/var}
in_container test -e "$UPLOADS/d000" || in_container perl -e "$FILL" "$UPLOADS" "$FILES"
{ echo 'version: 1'; echo 'hosts:'; printf '  local: { endpoint: "%s" }\n' "$LAB_LOCAL"
  echo 'instances:'; printf '  local/%s: {}\n' "$INSTANCE"; } >"$WORK/asterisell.yml"

printf '# %s small files\n\n' "$FILES"
printf '%s. Load of the machine at the begin: %s.\n\n' "$(machine)" "$(cut -d ' ' -f 1 /proc/loadavg)"
cat <<'TEXT'
Ours is the whole `Backup-AsterisellData`, the first of a fresh PowerShell, through the Docker engine, with a small database beside; "its files" is
the part of it that looks, shares, reads and looks again. Peers read the same files straight from the disk and do nothing else. The floor is
`find` over all files and `cp -al` of the tree before. Everything is flushed to the disk within the time.

TEXT
all first 0
for ((round = 1; round <= ROUNDS; round++)); do
  all unchanged "$round-a"
  in_container perl -e "$CHANGE" "$UPLOADS" "$round"
  all changed "$round-b"
done
for kind in first unchanged changed; do
  case $kind in
    first) echo '## First backup (once)' ;;
    unchanged) printf '## Nothing changed (medians of %s rounds; in each all take their turn)\n' "$ROUNDS" ;;
    changed) printf '## 100 files changed (medians of %s rounds)\n' "$ROUNDS" ;;
  esac
  files=$(median "$WORK/$kind.ours" 2)
  printf '\n| | seconds | its files : it | peak MB |\n| --- | --: | --: | --: |\n'
  row() { awk -v n="$1" -v s="$2" -v f="$files" -v m="$3" 'BEGIN { printf "| %s | %.2f | %.2f | %s |\n", n, s, f / s, m }'; }
  row 'Backup-AsterisellData' "$(median "$WORK/$kind.ours" 1)" "$(highest "$WORK/$kind.ours" 3)"
  row 'its files' "$files" ''
  for name in "${PEERS[@]}"; do
    case $name in
      tree) text='floor: `find` and `cp -al`' ;;
      rsync) text='`rsync --link-dest`' ;;
      rdiff) text='`rdiff-backup`' ;;
      *) text="\`$name\`" ;;
    esac
    [[ $kind == first && $name == tree ]] && text='`find` and `cp -a`'
    row "$text" "$(median "$WORK/$kind.$name" 1)" "$(highest "$WORK/$kind.$name" 2)"
  done
  echo
done
