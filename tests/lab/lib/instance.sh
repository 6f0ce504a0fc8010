# shellcheck shell=bash
# Stand-in instances.

run_help() {
  cat <<'TEXT'
usage: lab run ENGINE NAME [options] [-- options of docker run]
  --cdrs N --months M      amount of data (3000 over 3 months); --end YYYY-MM-DD or "today" (2026-06-15): first day without data
  --no-data                an installed instance without customers and calls
  --empty                  a bare container, nothing installed
  --db NAME --db-user USER --db-password PW --timezone ZONE
  --no-cron                no file in /etc/cron.d: nothing happens by itself
  --supervisor-socket      a supervisord that supervisorctl can reach (the original has none)
  --wait SECONDS           the pause of the 20 attempts at the job lock (5)
  --fault X[=VALUE]        a fault from the start (several times; "lab fault" lists them)
TEXT
}

value_of() { if [[ $1 == *=* ]]; then echo "${1#*=}"; else echo "$2"; fi; }

# One stand-in; returns when its database answers (and so its data is loaded), or says that it does not.
lab_run() {
  [[ ${1:-} == --help ]] && { run_help; return; }
  local engine=${1:?engine} name=${2:?name}; shift 2
  is_engine "$engine"
  local options=(-e "ASTERISELL_LAB_INSTANCE=$name") faults=() pause='' wanted=yes
  while [[ $# -gt 0 ]]; do
    case $1 in
      --cdrs|--months|--end|--db|--timezone) options+=(-e "ASTERISELL_LAB_$(tr 'a-z-' 'A-Z_' <<<"${1#--}")=${2:?}"); shift 2 ;;
      --db-user|--db-password) options+=(-e "ASTERISELL_LAB_$(tr 'a-z-' 'A-Z_' <<<"${1#--}")=${2:?}"); shift 2 ;;
      --no-data) options+=(-e ASTERISELL_LAB_CDRS=0); shift ;;
      --empty) options=(); wanted=; shift ;;
      --no-cron) options+=(-e ASTERISELL_LAB_CRON=off); shift ;;
      --supervisor-socket) options+=(-e ASTERISELL_LAB_SUPERVISOR_SOCKET=yes); shift ;;
      --wait) pause=${2:?}; shift 2 ;;
      --fault) faults+=("${2:?}"); shift 2 ;;
      --) shift; break ;;
      *) die "run: unknown option $1 (options of docker run follow --)" ;;
    esac
  done
  local fault
  for fault in "${faults[@]}"; do
    # A real "no space left": the scratch folder gets a small file system of its own.
    [[ $fault != disk-full* ]] || options+=(--tmpfs "/var/tmp:size=$(value_of "$fault" 256k),mode=1777")
  done
  # Two engines pick free ports from one range without knowing of each other: each has a loopback address of its own.
  local address=127.0.0.1; [[ $engine == local ]] || address=127.0.0.2
  on "$engine" create --pull never --name "$name" -p "$address::22" -p "$address::80" \
    -e "ASTERISELL_LAB_KEY=$(<"$LAB_STATE/ssh/client_key.pub")" "${options[@]}" "$@" asterisell-lab:stand-in \
    2> >(grep -v 'IPv4 forwarding is disabled' >&2) >/dev/null
  start_with_free_ports "$engine" "$name"
  [[ -n $wanted ]] || return 0
  wait_database "$engine" "$name"
  # shellcheck disable=SC2016
  [[ -z $pause ]] || on "$engine" exec "$name" sh -c 'echo "$1" > /etc/asterisell-lab/wait-seconds' lab "$pause"
  for fault in "${faults[@]}"; do
    [[ $fault == disk-full* ]] || lab_fault "$engine" "$name" "${fault%%=*}" on "$(value_of "$fault" '')"
  done
}

# Labs side by side publish from one range without knowing of each other. An engine gives up after ten taken ports, and begins the next
# time behind them.
start_with_free_ports() {
  local said _
  for _ in {1..50}; do
    said=$(on "$1" start "$2" 2>&1 >/dev/null) && return
    [[ $said == *'address already in use'* ]] || die "$said"
  done
  die "$said"
}

# One exec that waits inside: an exec for each question would cost more than the start.
wait_database() {
  on "$1" exec "$2" bash -c 'for i in {1..18000}; do
      [ -e /var/lib/asterisell-lab/ready ] && [ -S /run/mysqld/mysqld.sock ] && exit 0
      grep -hs "ERROR:" /var/log/mysqld.log && exit 1
      sleep 0.1
    done; exit 1' >&2 || die "the database of $2 does not load its data"
}

lab_rm() {
  local engine=${1:?engine}; shift
  is_engine "$engine"
  on "$engine" rm -f -v "$@" >/dev/null
}

lab_fault() {
  local engine=${1:-} name=${2:-} fault=${3:-}
  if [[ -z $fault ]]; then
    say "faults: $(grep -oE '^  [a-z|-]+\)' "$LAB_DIR/image/rootfs/usr/local/bin/lab-fault" | tr -d ' )' | tr '|\n' '  ')"
    return 2
  fi
  is_engine "$engine"
  shift 2
  on "$engine" exec "$name" lab-fault "$@"
}

# New images inside the running engines: for who works on the stand-in itself.
lab_image() {
  local engine
  for engine in "${LAB_ENGINES[@]}"; do
    DOCKER_HOST=unix://$(socket_of "$engine") build_images
  done
}

# Other data in a running instance (--cdrs N --months M --end DATE --history N).
lab_data() {
  local engine=${1:?engine} name=${2:?name}; shift 2
  is_engine "$engine"
  on "$engine" exec "$name" lab-data "$@"
}
