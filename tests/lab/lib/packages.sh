# shellcheck shell=bash
# Debian packages the lab stands on.

missing_packages() {
  local pair
  for pair in dockerd:docker.io docker:docker.io sshd:openssh-server ssh:openssh-client debootstrap:debootstrap \
              ip:iproute2 ps:procps xz:xz-utils rdiff-backup:rdiff-backup restic:restic \
              gpg:gpg gpgconf:gpgconf gpg-agent:gpg-agent; do
    PATH=$PATH:/usr/sbin:/sbin command -v "${pair%%:*}" >/dev/null || echo "${pair##*:}"
  done | sort -u
}

need_packages() {
  local packages policy=/usr/sbin/policy-rc.d
  mapfile -t packages < <(missing_packages)
  [[ ${#packages[@]} -eq 0 ]] && return
  command -v apt-get >/dev/null || die "missing: ${packages[*]} (and this is no Debian, so install them by hand)"
  say "installing ${packages[*]} from Debian"
  # The lab runs engines and an sshd of its own: the packages' services shall not start.
  local policy_is_mine=
  [[ -e $policy ]] || { printf '#!/bin/sh\nexit 101\n' >"$policy"; chmod +x "$policy"; policy_is_mine=yes; }
  local done_well=yes
  { DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"; } \
    >"$LAB_HOME/.packages.log" 2>&1 || done_well=
  [[ -z $policy_is_mine ]] || rm -f "$policy"
  [[ -n $done_well ]] || { tail -5 "$LAB_HOME/.packages.log" >&2; die "apt-get failed"; }
  rm -f "$LAB_HOME/.packages.log"
}
