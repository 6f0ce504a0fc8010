# shellcheck shell=bash
# Processor time on the engine's side: dockerd and containerd with the children that they waited for, and everything in containers.

ENGINE=$(pgrep -f "^dockerd .*/$NAME/local/docker.sock") CONTAINERD=$(pgrep -f "^containerd .*/$NAME/local/exec")
GROUP=$(tr '\0' '\n' <"/proc/$ENGINE/cmdline" | sed -n '/^--cgroup-parent$/ { n; p }')

# Milliseconds so far.
engine_cpu() {
  local ticks=0 pid user sys child_user child_sys
  for pid in $ENGINE $CONTAINERD; do
    read -r user sys child_user child_sys < <(cut -d ' ' -f 14-17 "/proc/$pid/stat")
    ticks=$((ticks + user + sys + child_user + child_sys))
  done
  echo $((ticks * 1000 / $(getconf CLK_TCK) + $(containers_cpu)))
}

containers_cpu() {
  if [[ -f /sys/fs/cgroup/cpuacct$GROUP/cpuacct.usage ]]; then
    echo $(($(<"/sys/fs/cgroup/cpuacct$GROUP/cpuacct.usage") / 1000000))
  else
    awk '/^usage_usec/ { print int($2 / 1000) }' "/sys/fs/cgroup$GROUP/cpu.stat"
  fi
}
