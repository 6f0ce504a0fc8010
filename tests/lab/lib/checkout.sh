# shellcheck shell=bash
# The management directory: a Git checkout of the application, of two releases.

LAB_APPLICATION=$LAB_DIR/image/rootfs/usr/share/asterisell-lab/app
LAB_RELEASES=(5.8 5.9)

checkout_help() {
  cat <<'TEXT'
usage: lab checkout FOLDER [5.8|5.9]
  A new Git repository as an operator has it: the branch main at the release (5.8 unless told), tags 5.8 and 5.9, and a branch
  upstream at the newest, so that what comes next can be merged. 5.8 is what `lab run` installs. Needs no lab and no root; the
  commits have the same hashes every time.
TEXT
}

# Nothing of the operator's own Git configuration: no hooks, no signatures, no other name of the first branch.
checkout_git() {
  GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_DATE="$1 12:00:00 +0000" GIT_COMMITTER_DATE="$1 12:00:00 +0000" \
    GIT_AUTHOR_NAME=Asterisell GIT_AUTHOR_EMAIL=lab@example.com GIT_COMMITTER_NAME=Asterisell GIT_COMMITTER_EMAIL=lab@example.com \
    git -C "$2" "${@:3}"
}

lab_checkout() {
  [[ ${1:-} != --help ]] || { checkout_help; return; }
  local folder=${1:?folder} release=${2:-5.8}
  [[ " ${LAB_RELEASES[*]} " == *" $release "* ]] || die "no release '$release': there are ${LAB_RELEASES[*]}"
  [[ ! -e $folder || -z $(ls -A "$folder") ]] || die "$folder is not empty"
  mkdir -p "$folder"
  # The compiled engine is in no checkout. Modes are Git's own, whatever the umask. New times (-m), by which Git knows what changed.
  tar -C "$LAB_APPLICATION" --exclude=./scripts/RateEngine --mode=u=rwX,go=rX -c . | tar -C "$folder" -x --no-same-owner -m
  tar -C "$LAB_DIR/checkout/both" --mode=u=rwX,go=rX -c . | tar -C "$folder" -x --no-same-owner -m
  checkout_git 2026-01-05 "$folder" init -q -b upstream
  commit_release 2026-01-05 5.8
  tar -C "$LAB_DIR/checkout/5.9" --mode=u=rwX,go=rX -c . | tar -C "$folder" -x --no-same-owner -m
  checkout_git 2026-03-02 "$folder" apply --index "$LAB_DIR/checkout/5.9.patch"
  commit_release 2026-03-02 5.9
  checkout_git 2026-03-02 "$folder" checkout -q -b main "$release"
}

# Also what .gitignore would leave out were it new: a checkout has it all.
commit_release() {
  checkout_git "$1" "$folder" add -A
  checkout_git "$1" "$folder" commit -q -m "Asterisell $2"
  checkout_git "$1" "$folder" tag "$2"
}
