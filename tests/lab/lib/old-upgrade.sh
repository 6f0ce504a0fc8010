# shellcheck shell=bash
# shellcheck disable=SC2016  # scripts for the inside
# The upgrade of the old tool, step by step, in its order and with its defects: what ours is measured against. It stops at the first
# non-zero exit and leaves everything as it is then; it has no checkpoint, no rollback and does not look at what the steps left behind.

old_upgrade_help() {
  cat <<'TEXT'
usage: lab old-upgrade ENGINE NAME FOLDER [--pedantic]
  Upgrades the instance from a checkout. Its upgrade jobs are those of FOLDER/fabric_data/lib.py. Prints each step with the seconds
  since the start (tab separated). By docker exec where the old tool used ssh.
TEXT
}

lab_old_upgrade() {
  [[ ${1:-} != --help ]] || { old_upgrade_help; return; }
  local engine=${1:?engine} name=${2:?name} source=${3:?folder} pedantic=${4:-}
  is_engine "$engine"
  [[ -f $source/asterisell.php ]] || die "there is no asterisell.php in $source"
  local admin=/var/www/$name/admin user=/var/www/$name/user started=${EPOCHREALTIME/./} kept
  kept=$(mktemp -d)
  local ended=0
  old_upgrade_steps || ended=1
  rm -rf "$kept"
  return $ended
}

old_step() { printf "%s\t%s\n" "$(awk -v us=$(( ${EPOCHREALTIME/./} - started )) 'BEGIN { printf "%.2f", us / 1e6 }')" "$*"; }
old_inside() { on "$engine" exec -i -w "$1" "$name" "${@:2}"; }
old_php() { old_step "$*"; old_inside "$admin" php asterisell.php "$@" >/dev/null 2>&1; }
old_upload() { on "$engine" exec -i "$name" sh -c 'cat >"$1"' lab "$2" <"$1"; }
old_rsync() { DOCKER_HOST=unix://$(socket_of "$engine") rsync -pthrz --delete --rsh='docker exec -i' "${@:3}" "$1/" "$name:$2"; }

old_compile() {
  old_step "compile the rate engine"
  on "$engine" exec "$name" mkdir -p /asterisell_compilations
  old_rsync "$source/rating_tools/rate_engine" /asterisell_compilations/rate_engine --exclude=.stack-work || return
  old_inside /asterisell_compilations/rate_engine stack setup || return
  [[ $1 != --pedantic ]] || old_inside /asterisell_compilations/rate_engine stack clean || return
  old_inside /asterisell_compilations/rate_engine stack build || return
}

# The old tool renders these from its configuration; here they are what runs, with the release's upgrade jobs added.
old_configuration() {
  local file job
  for file in apps/asterisell/config/app.yml config/databases.yml; do
    on "$engine" exec "$name" cat "$admin/$file" >"$kept/$(basename "$file")" || return
  done
  on "$engine" exec "$name" cat "$user/config/databases.yml" >"$kept/user.yml" || return
  for job in $(sed -n "s/^default_upgrade_jobs = //p" "$source/fabric_data/lib.py" | tr -d "[],'"); do
    grep -q "^      - $job\$" "$kept/app.yml" || sed -i "/^    upgrade_jobs:/,/^  [a-z]/{/^  [a-z]/i\\      - $job
}" "$kept/app.yml"
  done
}

old_upgrade_steps() {
  old_configuration || return
  old_compile "$pedantic" || return
  old_step "databases.yml"
  old_upload "$kept/databases.yml" "$admin/config/databases.yml" || return
  local _
  for _ in 1 2; do
    old_php cron disable-for-upgrade || return
    old_php app disable || return
  done
  old_step "sync the tree"
  old_rsync "$source" "$admin" --exclude={'/.git/*',/.idea,/tmp,/cache,/.fslckout,/.gitignore,/fabfile.py,/fabfile.pyc,'/fabric_data/*'} \
    --exclude={'/web/uploads/assets/*','provider_specific/*',/customizations,/REMOVE_ME_FOR_ENABLING_ASTERISELL_APP,'*~','*.pyc',data_files} || return
  old_step "app.yml, databases.yml"
  old_upload "$kept/app.yml" "$admin/apps/asterisell/config/app.yml" || return
  old_upload "$kept/databases.yml" "$admin/config/databases.yml" || return
  old_php silently-activate || return
  old_step "configuration of the customers' application"
  old_upload "$kept/user.yml" "$user/config/databases.yml" || return
  old_compile '' || return
  old_inside /asterisell_compilations/rate_engine sh -c 'cp "$(stack path --local-install-root)/bin/RateEngine" "$1"' lab "$admin/scripts/RateEngine" || return
  old_php run db-upgrade-jobs || return
  old_php install-views-and-procedures || return
  old_php run upgrade-jobs || return
  old_php app enable || return
  old_php cron enable || return
  old_step "kill -HUP 1"
  on "$engine" exec "$name" kill -HUP 1 || return
  old_step "end"
}
