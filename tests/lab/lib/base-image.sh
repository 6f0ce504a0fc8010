# shellcheck shell=bash
# Where the first layer comes from: a registry when one answers at once, else debootstrap.

LAB_BASE=debian:bookworm-slim

# A pull that got as far as the manifest says "Pulling from"; before that it may hang for long on a machine without a way out.
pull_base() {
  local log pid answered=
  log=$(mktemp)
  docker pull "$LAB_BASE" >"$log" 2>&1 9>&- 8>&- &
  pid=$!
  for _ in {1..50}; do
    grep -q 'Pulling from' "$log" && { answered=yes; break; }
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  [[ -n $answered ]] || kill "$pid" 2>/dev/null || true
  wait "$pid" && answered=$? || answered=1
  rm -f "$log"
  return "$answered"
}

host_mirror() {
  local found
  found=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
    grep -oE 'https?://[^ ]*/debian/?( |$)' | head -1 | tr -d ' ') || true
  [[ -n $found ]] || die "no Debian mirror is named in /etc/apt/sources.list, so the lab's image can't be made"
  echo "$found"
}

bootstrap_base() {
  local folder
  folder=$(mktemp -d -p "$LAB_CACHE" boot.XXXXXX)
  say "no registry answers: debootstrap from $(host_mirror)"
  if debootstrap --variant=minbase bookworm "$folder" "$(host_mirror)" >"$LAB_CACHE/debootstrap.log" 2>&1; then
    rm -rf "$folder"/var/cache/apt/archives/*.deb "$folder"/var/lib/apt/lists/*
    tar -C "$folder" --numeric-owner -c . | docker import - "$LAB_BASE" >/dev/null
    rm -rf --one-file-system "$folder" "$LAB_CACHE/debootstrap.log"
  else
    tail -3 "$LAB_CACHE/debootstrap.log" >&2
    rm -rf --one-file-system "$folder"
    return 1
  fi
}

apt_proxy() { apt-config dump 2>/dev/null | sed -n 's/^Acquire::http::Proxy "\(.*\)";/\1/p'; }

# The classic builder: BuildKit would want a plugin that Debian's client lacks. Its advice about that is not shown.
classic_build() {
  local proxy log done_well=0
  proxy=$(apt_proxy)
  log=$(mktemp)
  DOCKER_BUILDKIT=0 docker build --pull=false --network host ${proxy:+--build-arg "http_proxy=$proxy"} "$@" >"$log" 2>&1 ||
    { done_well=1; tail -n 25 "$log" >&2; }
  rm -f "$log"
  return "$done_well"
}

build_packages() {
  docker image inspect "$LAB_BASE" >/dev/null 2>&1 || pull_base || bootstrap_base || return 1
  classic_build -t asterisell-lab:packages --label "org.asterisell.lab.context=$(context_hash packages)" \
    --build-arg "mirror=$(host_mirror)" "$LAB_DIR/packages"
}

build_images() {
  local built
  built=$(docker image inspect asterisell-lab:packages --format '{{index .Config.Labels "org.asterisell.lab.context"}}')
  [[ $built == "$(context_hash packages)" ]] || build_packages || return 1
  classic_build -t asterisell-lab:stand-in "$LAB_DIR/image" &&
    classic_build -t asterisell-lab:light -f "$LAB_DIR/packages/light.Dockerfile" "$LAB_DIR/packages"
}
