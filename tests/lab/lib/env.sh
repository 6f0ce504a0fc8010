# shellcheck shell=bash
# What tests and people need to know about a lab that is up.

write_env() {
  local ssh=$LAB_STATE/ssh vault=$LAB_STATE/vault port vault_port fingerprint
  port=$(<"$ssh/port") vault_port=$(<"$vault/port")
  fingerprint=$(ssh-keygen -lf "$vault/host_key.pub" | cut -d' ' -f2)
  cat >"$LAB_STATE/env.sh" <<TEXT
export LAB_NAME='$LAB_NAME'
export LAB_STATE='$LAB_STATE'
export LAB_LOCAL='unix://$(socket_of local)'
export LAB_MILAN_SOCKET='unix://$(socket_of milan)'
export LAB_MILAN='ssh://milan'
export LAB_MILAN_DIRECT='ssh://$LAB_USER@127.0.0.1:$port'
export LAB_SSH_CONFIG='$ssh/config'
export LAB_SSH_HOST='127.0.0.1'
export LAB_SSH_PORT='$port'
export LAB_SSH_USER='$LAB_USER'
export LAB_SSH_KEY='$ssh/client_key'
export LAB_SSH_KNOWN_HOSTS='$ssh/known_hosts'
export LAB_VAULT_HOST='127.0.0.1'
export LAB_VAULT_PORT='$vault_port'
export LAB_VAULT_CONFIG='$vault/config'
export LAB_VAULT_FINGERPRINT='$fingerprint'
export LAB_IMAGE='asterisell-lab:stand-in'
export LAB_IMAGE_LIGHT='asterisell-lab:light'
TEXT
  cat >"$LAB_STATE/env.json" <<TEXT
{
  "name": "$LAB_NAME",
  "state": "$LAB_STATE",
  "image": "asterisell-lab:stand-in",
  "lightImage": "asterisell-lab:light",
  "engines": [
    { "name": "local", "endpoint": "unix://$(socket_of local)", "socket": "$(socket_of local)" },
    { "name": "milan", "endpoint": "ssh://milan", "socket": "$(socket_of milan)" }
  ],
  "ssh": {
    "alias": "milan", "host": "127.0.0.1", "port": $port, "user": "$LAB_USER",
    "config": "$ssh/config", "key": "$ssh/client_key", "knownHosts": "$ssh/known_hosts"
  },
  "vault": {
    "alias": "vault", "host": "127.0.0.1", "port": $vault_port, "config": "$vault/config", "fingerprint": "$fingerprint"
  }
}
TEXT
  chown "$LAB_UID:$LAB_GID" "$LAB_STATE/env.sh" "$LAB_STATE/env.json"
}

lab_env() { cat "$LAB_STATE/env.sh"; }

lab_docker() { local engine=${1:?engine}; shift; is_engine "$engine"; on "$engine" "$@"; }
