# shellcheck shell=bash
# A lab with an owner goes down when the owner is gone, however it went (Ctrl+C, a crash, SIGKILL).

start_reaper() {
  local owner=$1 start
  start=$(start_time "$owner") || die "there is no process $owner to own the lab"
  setsid "$LAB_SELF" _reap --name "$LAB_NAME" "$owner" "$start" </dev/null >/dev/null 2>&1 9>&- 8>&- &
  remember "$LAB_STATE/reaper" $!
}

lab__reap() {
  local owner=$1 start=$2
  while [[ $(start_time "$owner") == "$start" ]]; do
    [[ -d $LAB_STATE ]] || return 0
    sleep 0.5
  done
  LAB_I_AM_THE_REAPER=yes lab_down
}
