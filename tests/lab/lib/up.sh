# shellcheck shell=bash
# The life of a lab: up, down, status.

lab_up() {
  local owner=
  while [[ $# -gt 0 ]]; do
    case $1 in
      --owner) owner=${2:?--owner wants a process id}; shift 2 ;;
      --name) LAB_NAME=${2:?}; set_paths; shift 2 ;;
      *) die "up: unknown option $1" ;;
    esac
  done
  mkdir -p "$LAB_HOME"
  lock_lab
  need_packages
  if is_up; then say "the lab '$LAB_NAME' is up already"; return; fi
  take_down
  trap 'exit 130' INT TERM
  trap 'say "giving up"; abandon_builder; take_down; leave_home' EXIT
  install -d -m 0750 -o root -g "$LAB_GID" "$LAB_STATE" "$LAB_STATE/docker-config"
  [[ -z $owner ]] || start_reaper "$owner"
  need_golden
  local engine block
  for engine in "${LAB_ENGINES[@]}"; do
    mkdir -p "$LAB_STATE/$engine"
    block=$(take_block)
    echo "$block" >"$LAB_STATE/$engine/block"
    clone_data "$(golden_folder)" "$LAB_STATE/$engine/data"
    launch_engine "$LAB_STATE/$engine" "$block"
  done
  start_sshd
  start_vault
  for engine in "${LAB_ENGINES[@]}"; do wait_engine "$LAB_STATE/$engine"; done
  write_env
  trap - INT TERM EXIT
  say "up: source $LAB_STATE/env.sh"
}

is_up() {
  local engine
  [[ -f $LAB_STATE/env.sh ]] && is_alive "$LAB_STATE/ssh/sshd" && is_alive "$LAB_STATE/vault/sshd" || return 1
  for engine in "${LAB_ENGINES[@]}"; do
    is_alive "$LAB_STATE/$engine/engine" && on "$engine" version >/dev/null 2>&1 || return 1
  done
}

lab_down() {
  while [[ $# -gt 0 ]]; do
    case $1 in
      --name) LAB_NAME=${2:?}; set_paths; shift 2 ;;
      *) die "down: unknown option $1" ;;
    esac
  done
  [[ -d $LAB_HOME ]] || return 0
  lock_lab
  take_down
  leave_home
}

leave_home() {
  rm -f "$LAB_HOME/.$LAB_NAME.lock"
  rmdir "$LAB_HOME" 2>/dev/null || true
}

take_down() {
  local folder
  [[ -d $LAB_STATE ]] || return 0
  [[ ${LAB_I_AM_THE_REAPER:-} ]] || end_process "$LAB_STATE/reaper"
  end_process "$LAB_STATE/ssh/sshd"
  end_process "$LAB_STATE/vault/sshd"
  for folder in "$LAB_STATE"/*/; do
    [[ -f $folder/block ]] && end_engine "${folder%/}"
  done
  rm -rf --one-file-system "$LAB_STATE"
}

lab_status() {
  if ! is_up; then say "the lab '$LAB_NAME' is down"; return 3; fi
  local engine
  for engine in "${LAB_ENGINES[@]}"; do
    printf '== %s (%s)\n' "$engine" "$(socket_of "$engine")"
    on "$engine" ps -a --format 'table {{.Names}}\t{{.Status}}\t{{.Ports}}' | awk 'NR <= 20; END { if (NR > 20) print "… and " NR - 20 " more" }'
  done
}
