# shellcheck shell=bash disable=SC2016
# The same questions, asked by other means. Each takes a file of lines "ENGINE-ENDPOINT NAME".
export QUESTIONS_TEXT; QUESTIONS_TEXT=$(printf '%s\n' "${QUESTIONS[@]}")
export ALL_QUESTIONS

# One container: docker inspect, then one docker exec a question.
ask_one_by_one() {
  docker -H "$1" inspect "$2"
  while IFS= read -r question; do docker -H "$1" exec "$2" sh -c "$question" </dev/null; done <<<"$QUESTIONS_TEXT"
}
export -f ask_one_by_one

# One container: docker inspect, then one docker exec with every question in it.
ask_at_once() { docker -H "$1" inspect "$2"; docker -H "$1" exec "$2" sh -c "$ALL_QUESTIONS"; }
export -f ask_at_once

peer_loop() { while read -r endpoint name; do ask_one_by_one "$endpoint" "$name" </dev/null; done <"$1"; }
peer_parallel() { xargs -P 8 -L 1 bash -c 'ask_one_by_one "$0" "$1"' <"$1"; }
peer_floor() { xargs -P 8 -L 1 bash -c 'ask_at_once "$0" "$1"' <"$1"; }

# Ansible over its docker connection: one task a question, no facts gathered.
peer_ansible() {
  local folder; folder=$(dirname "$1")
  awk '{ printf "c%d ansible_connection=community.docker.docker ansible_host=%s ansible_docker_extra_args=\"-H %s\"\n", NR, $2, $1 }' "$1" >"$folder/hosts.ini"
  { printf -- '- hosts: all\n  gather_facts: false\n  ignore_errors: true\n  tasks:\n'
    while IFS= read -r question; do printf '    - raw: |\n        %s\n' "$question"; done <<<"$QUESTIONS_TEXT"; } >"$folder/status.yml"
  ANSIBLE_HOST_KEY_CHECKING=false ANSIBLE_RETRY_FILES_ENABLED=false ansible-playbook -f 20 -i "$folder/hosts.ini" "$folder/status.yml"
}
