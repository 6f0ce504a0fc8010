# shellcheck shell=bash
# The way to the engine "milan": a real sshd on loopback with keys of its own. A login there finds the engine by DOCKER_HOST.

free_port() {
  local port
  for _ in {1..50}; do
    port=$(( 20000 + RANDOM % 10000 ))
    [[ -z $(ss -Hltn "sport = :$port") ]] && { echo "$port"; return; }
  done
  die "no free port"
}

start_sshd() {
  local folder=$LAB_STATE/ssh port
  port=$(free_port)
  mkdir -p "$folder" /run/sshd
  ssh-keygen -q -t ed25519 -N '' -C "lab host key" -f "$folder/host_key"
  ssh-keygen -q -t ed25519 -N '' -C "lab client key" -f "$folder/client_key"
  cp "$folder/client_key.pub" "$folder/authorized_keys"
  echo "[127.0.0.1]:$port $(cut -d' ' -f1,2 "$folder/host_key.pub")" >"$folder/known_hosts"
  # StrictModes off: the lab lies below /tmp, which everybody may write to. UsePAM: a locked root password is no obstacle then.
  cat >"$folder/sshd_config" <<TEXT
ListenAddress 127.0.0.1:$port
HostKey $folder/host_key
PidFile $folder/sshd.internal.pid
AuthorizedKeysFile $folder/authorized_keys
StrictModes no
UsePAM yes
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
AllowUsers $LAB_USER
PrintMotd no
SetEnv DOCKER_HOST=unix://$(socket_of milan) PATH=/usr/local/bin:/usr/bin:/bin
TEXT
  cat >"$folder/config" <<TEXT
Host milan
  HostName 127.0.0.1
  Port $port
  User $LAB_USER
  IdentityFile $folder/client_key
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile $folder/known_hosts
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  BatchMode yes
TEXT
  echo "$port" >"$folder/port"
  chown -R "$LAB_UID:$LAB_GID" "$folder"
  chown root "$folder/host_key" "$folder/sshd_config" "$folder/authorized_keys"
  spawn "$folder/sshd" /usr/sbin/sshd -D -e -f "$folder/sshd_config"
  for _ in {1..50}; do
    ssh -F "$folder/config" milan true 2>/dev/null && return
    is_alive "$folder/sshd" || break
    sleep 0.1
  done
  tail -5 "$folder/sshd.log" >&2
  die "the lab's sshd does not let us in"
}

lab_ssh() { exec ssh -F "$LAB_STATE/ssh/config" milan "$@"; }
