# shellcheck shell=bash
# A backup server: an sshd in a mount namespace with accounts (/etc), homes (/home) and a disk (/srv) of its own. Whoever is root there
# can make users, fill or lose the disk, and nothing of it is seen outside.

start_vault() {
  local folder=$LAB_STATE/vault port
  port=$(free_port)
  mkdir -p "$folder/etc" /run/sshd
  cp -a /etc/. "$folder/etc"
  mkdir -p "$folder/etc/lab-keys" "$folder/etc/lab-bin"
  ssh-keygen -q -t ed25519 -N '' -C "lab vault host key" -f "$folder/host_key"
  ssh-keygen -q -t ed25519 -N '' -C "lab vault administrator" -f "$folder/admin_key"
  cp "$folder/admin_key.pub" "$folder/etc/lab-keys/root"
  cat >"$folder/sshd_config" <<TEXT
ListenAddress 127.0.0.1:$port
HostKey $folder/host_key
PidFile $folder/sshd.internal.pid
AuthorizedKeysFile .ssh/authorized_keys /etc/lab-keys/%u
UsePAM yes
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
PrintMotd no
PrintLastLog no
Subsystem sftp internal-sftp
SetEnv PATH=/etc/lab-bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
TEXT
  echo "[127.0.0.1]:$port $(cut -d' ' -f1,2 "$folder/host_key.pub")" >"$folder/known_hosts"
  cat >"$folder/config" <<TEXT
Host vault
  HostName 127.0.0.1
  Port $port
  User root
  IdentityFile $folder/admin_key
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile $folder/known_hosts
  GlobalKnownHostsFile /dev/null
  BatchMode yes
TEXT
  echo "$port" >"$folder/port"
  chown "$LAB_UID:$LAB_GID" "$folder" "$folder/admin_key" "$folder/admin_key.pub" "$folder/config" "$folder/known_hosts"
  # shellcheck disable=SC2016  # expands in there
  spawn "$folder/sshd" bash -ec '
    mount --bind "$1/etc" /etc
    mount -t tmpfs -o mode=0755,size=64m homes /home
    mount -t tmpfs -o mode=0755,size=512m disk /srv
    exec /usr/sbin/sshd -D -e -f "$1/sshd_config"' vault "$folder"
  for _ in {1..50}; do
    ssh -F "$folder/config" vault true 2>/dev/null && return
    is_alive "$folder/sshd" || break
    sleep 0.1
  done
  tail -5 "$folder/sshd.log" >&2
  die "the lab's backup server does not let us in"
}

# lab vault COMMAND…: as root on the backup server, whatever its sshd does.
lab_vault() {
  local pid
  is_alive "$LAB_STATE/vault/sshd" || die "the backup server is down"
  pid=$(inner_pid "$LAB_STATE/vault/sshd")
  exec nsenter --target "$pid" --pid --mount -- "$@"
}
