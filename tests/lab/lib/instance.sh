# shellcheck shell=bash
# Stand-in instances.

lab_run() {
  local engine=${1:?engine} name=${2:?name}; shift 2
  is_engine "$engine"
  on "$engine" run -d --pull never --name "$name" --hostname "$name" "$@" asterisell-lab:stand-in 2>/dev/null
}

lab_rm() {
  local engine=${1:?engine}; shift
  is_engine "$engine"
  on "$engine" rm -f -v "$@" >/dev/null
}

# New images inside the running engines: for who works on the stand-in itself.
lab_image() {
  local engine
  for engine in "${LAB_ENGINES[@]}"; do
    DOCKER_HOST=unix://$(socket_of "$engine") build_images
  done
}
