# shellcheck shell=bash
# Images are built once, in a builder engine whose data root is kept ("golden"). An engine of a lab starts on a thin copy of it:
# the content of each layer is a symbolic link to the kept one (an engine never writes into a layer), everything else a real copy.

context_hash() { (cd "$LAB_DIR" && find "$@" -type f | sort | xargs sha256sum | sha256sum | cut -c1-12); }
golden_folder() { echo "$LAB_CACHE/golden-$(context_hash packages image)"; }
packages_folder() { echo "$LAB_CACHE/packages-$(context_hash packages)"; }

# Fifteen thousand files stay where they are; that is most of the time of an "up" and of a "down".
clone_data() {
  local from=$1 to=$2
  mkdir -p "$to"
  tar -C "$from" --exclude='./overlay2/*/diff' -c . | tar -C "$to" -x
  local layer
  for layer in "$from"/overlay2/*/diff; do
    ln -s "$layer" "$to/overlay2/$(basename "$(dirname "$layer")")/diff"
  done
  dirname "$to" >>"$from.users"
}

# A golden root is built on a copy of its own: it shall not depend on the root of packages.
copy_data() {
  mkdir -p "$2/overlay2"
  tar -C "$1" --exclude=./overlay2 -c . | tar -C "$2" -x
  cp -al "$1/overlay2" "$2/" 2>/dev/null || { rm -rf "${2:?}/overlay2"; cp -a "$1/overlay2" "$2/"; }
}

is_in_use() {
  local user
  while read -r user; do [[ ! -d $user ]] || return 0; done < <(cat "$1.users" 2>/dev/null)
  return 1
}

# build_root TARGET COMMAND…: runs COMMAND with DOCKER_HOST at a builder engine on TARGET.new/data, then shows TARGET whole.
build_root() {
  local target=$1 folder=$1.new block; shift
  block=$(take_block)
  mkdir -p "$folder"
  echo "$block" >"$folder/block"
  LAB_BUILDER=$folder
  launch_engine "$folder" "$block"
  local done_well=yes
  (wait_engine "$folder"; DOCKER_HOST=unix://$folder/docker.sock "$@") || done_well=
  stop_engine_cleanly "$folder"
  [[ -n $done_well ]] || die "the image was not built"
  end_engine "$folder"
  mv "$folder/data" "$target"
  abandon_builder
}

# Also called when an "up" is interrupted.
abandon_builder() {
  [[ -n ${LAB_BUILDER:-} ]] || return 0
  end_engine "$LAB_BUILDER"
  rm -rf --one-file-system "$LAB_BUILDER"
  LAB_BUILDER=
}

# A builder's index files are worth keeping whole, so it gets a TERM and the time to write them.
stop_engine_cleanly() {
  local pid
  pid=$(cat "$1/docker.pid" 2>/dev/null) || return 0
  # docker.pid holds a number of the inner namespace: go in to use it.
  nsenter --target "$(inner_pid "$1/engine")" --pid --mount kill -TERM "$pid" 2>/dev/null || true
  for _ in {1..100}; do is_alive "$1/engine" || return 0; sleep 0.1; done
}

need_golden() {
  local golden packages
  mkdir -p "$LAB_CACHE"
  exec 8>"$LAB_CACHE/.lock"
  flock 8
  golden=$(golden_folder) packages=$(packages_folder)
  if [[ ! -d $golden ]]; then
    rm -rf --one-file-system "$golden.new" "$packages.new"
    if [[ ! -d $packages ]]; then
      say "building the image of packages (once; about a minute)"
      build_root "$packages" build_packages
    fi
    say "building the stand-in's image"
    copy_data "$packages" "$golden.new/data"
    build_root "$golden" build_images
    forget_old_roots
  fi
  touch "$golden" "$packages"
  exec 8>&-
}

# Older roots share most of their files with the newest: three are enough to go back and forth. A root under a living lab stays.
forget_old_roots() {
  local kind
  for kind in golden packages; do
    find "$LAB_CACHE" -maxdepth 1 -type d -name "$kind-*" -printf '%T@ %p\n' | sort -rn | tail -n +4 | cut -d' ' -f2- |
      while read -r old; do
        is_in_use "$old" || rm -rf --one-file-system "$old" "$old.users"
      done
  done
}
