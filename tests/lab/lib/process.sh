# shellcheck shell=bash
# Processes that outlive this shell, remembered so that a later shell ends exactly them and nobody else.

# A pid alone can be in use again; with its start time it is unique until the next boot.
# (Fields of /proc/PID/stat are counted from behind the name in brackets; a zombie counts as gone.)
start_time() {
  local stat fields
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  read -ra fields <<<"${stat##*) }"
  [[ ${fields[0]} != Z ]] && echo "${fields[19]}"
}

# The first process of the namespace that spawn made. (The file ends without a newline, which read takes for a failure.)
inner_pid() {
  local outer child=
  read -r outer _ <"$1.pid"
  read -r child _ <"/proc/$outer/task/$outer/children" || true
  echo "$child"
}

# spawn FILE COMMAND…: in a PID and mount namespace of its own. Whatever it starts (containerd, shims, containers, ssh sessions)
# and whatever it mounts dies with the first process, even by SIGKILL: nothing has to be tidied up one by one.
spawn() {
  local file=$1; shift
  setsid unshare --pid --fork --kill-child=SIGKILL --mount --mount-proc \
    bash -c '"$@" & wait' lab "$@" </dev/null >>"$file.log" 2>&1 9>&- 8>&- &
  remember "$file" $!
}

remember() { printf '%s %s\n' "$2" "$(start_time "$2")" >"$1.pid"; }

is_alive() {
  local pid start
  [[ -f $1.pid ]] && read -r pid start <"$1.pid" && [[ $(start_time "$pid") == "$start" ]]
}

end_process() {
  local pid child
  is_alive "$1" || { rm -f "$1.pid"; return 0; }
  read -r pid _ <"$1.pid"
  # The namespace's first process goes first: the kernel then waits for all the others before the outer one sees its end.
  child=$(inner_pid "$1")
  kill -KILL ${child:+"$child"} 2>/dev/null || true
  for _ in {1..100}; do is_alive "$1" || break; sleep 0.05; done
  is_alive "$1" && kill -KILL "$pid" 2>/dev/null
  rm -f "$1.pid"
}
