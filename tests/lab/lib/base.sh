# shellcheck shell=bash
# Words, root rights, and the places of a lab.

say() { printf 'lab: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# Engines, bridges and debootstrap want root. Who is not root goes through sudo and keeps the places and the ownership.
become_root() {
  [[ $EUID -eq 0 ]] && return
  [[ $1 == env || $1 == checkout ]] && return
  command -v sudo >/dev/null || die "the lab wants root (or sudo)"
  local command=$1; shift
  exec sudo --preserve-env=ASTERISELL_LAB,XDG_CACHE_HOME,HOME "$LAB_SELF" "$command" --name "$LAB_NAME" "$@"
}

set_paths() {
  [[ $LAB_NAME =~ ^[a-z0-9][a-z0-9_-]{0,40}$ ]] || die "a lab's name is made of a-z 0-9 _ -"
  LAB_HOME=${ASTERISELL_LAB:-/tmp/asterisell-lab}
  LAB_STATE=$LAB_HOME/$LAB_NAME
  LAB_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/asterisell-lab
  LAB_USER=${SUDO_USER:-$(id -un)}
  LAB_UID=${SUDO_UID:-$(id -u)}
  LAB_GID=${SUDO_GID:-$(id -g)}
  LAB_ENGINES=(local milan)
  export LAB_HOME LAB_STATE LAB_CACHE LAB_USER LAB_UID LAB_GID
}

# One change to a lab at a time. Children that stay must not inherit the lock: start them with 9>&- (and 8>&-, the lock of the cache).
# The file goes with the lab: who waited for one that is gone by now waits for the new one.
lock_lab() {
  local file=$LAB_HOME/.$LAB_NAME.lock
  until [[ -e $file && $file -ef /proc/self/fd/9 ]]; do
    mkdir -p "$LAB_HOME"
    exec 9>"$file"
    flock 9
  done
}

is_engine() { [[ " ${LAB_ENGINES[*]} " == *" $1 "* ]] || die "no engine '$1': there are ${LAB_ENGINES[*]}"; }
