# shellcheck shell=bash
# One private Docker engine: own roots, socket, bridge, cgroup; no firewall rule, no way out for its containers.

socket_of() { echo "$LAB_STATE/$1/docker.sock"; }
on() { local engine=$1; shift; DOCKER_HOST=unix://$(socket_of "$engine") DOCKER_CONFIG=$LAB_STATE/docker-config docker "$@"; }

# launch_engine FOLDER BLOCK: below FOLDER lie data/ (kept or given), the socket, the log.
launch_engine() {
  local folder=$1 block=$2
  mkdir -p "$folder"
  echo '{}' >"$folder/daemon.json"
  # --ip: each engine hands out ports of an address of its own, since none asks the others which are taken.
  # cgroupfs: the systemd driver would ask systemd about process ids of another namespace.
  spawn "$folder/engine" dockerd --host "unix://$folder/docker.sock" --group "$LAB_GID" \
    --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/docker.pid" --config-file "$folder/daemon.json" \
    --storage-driver overlay2 --iptables=false --ip6tables=false --ip-masq=false --ip-forward=false \
    --ip "127.77.0.$((block + 1))" --bridge "$(link_of "$block")" --default-address-pool "base=$(pool_base "$block"),size=26" \
    --exec-opt native.cgroupdriver=cgroupfs --cgroup-parent "/asterlab$block" --log-level warn
}

wait_engine() {
  local folder=$1
  for _ in {1..150}; do
    DOCKER_HOST=unix://$folder/docker.sock docker version --format '{{.Server.Version}}' >/dev/null 2>&1 && return
    is_alive "$folder/engine" || break
    sleep 0.1
  done
  tail -5 "$folder/engine.log" >&2
  die "the engine in $folder does not answer"
}

end_engine() {
  local folder=$1 block
  end_process "$folder/engine"
  [[ -f $folder/block ]] || return 0
  block=$(<"$folder/block")
  drop_block "$block"
  # What the kernel leaves of killed containers: empty cgroup folders. A task that is on its way out still keeps its own busy.
  local folders attempt
  for attempt in {1..40}; do
    mapfile -t folders < <(find /sys/fs/cgroup -maxdepth 2 -type d -name "asterlab$block")
    [[ ${#folders[@]} -gt 0 ]] || return 0
    [[ $attempt -eq 1 ]] || sleep 0.1
    find "${folders[@]}" -depth -type d -exec rmdir {} + 2>/dev/null || true
  done
}
