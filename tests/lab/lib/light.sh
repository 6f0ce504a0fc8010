# shellcheck shell=bash
# Many small containers for benchmarks.

lab_light() {
  local engine=${1:?engine} count=${2:?count} prefix=${3:-light}
  is_engine "$engine"
  if [[ $count -eq 0 ]]; then
    on "$engine" ps -aq --filter "label=org.asterisell.lab.light=$prefix" | xargs -r -n 20 -P 4 \
      env DOCKER_HOST="unix://$(socket_of "$engine")" docker rm -f >/dev/null
    return
  fi
  seq -f "$prefix-%03g" 1 "$count" | xargs -P 4 -I{} env DOCKER_HOST="unix://$(socket_of "$engine")" \
    docker run -d --pull never --network none --name {} --hostname {} --label "org.asterisell.lab.light=$prefix" \
    asterisell-lab:light >/dev/null
}
