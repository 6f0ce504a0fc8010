# shellcheck shell=bash disable=SC2034
# Words to the reader, and what the other parts stand on.

say() { printf '\n==> %s\n' "$*"; }
die() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }

OUT=$PWD/out
BUILD_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/asterisell-build
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off

need_sdk() {
  command -v dotnet >/dev/null || die "the .NET SDK 10 is needed (https://learn.microsoft.com/dotnet/core/install/linux-debian)"
  local version; version=$(dotnet --version)
  (( ${version%%.*} >= 10 )) || die "the .NET SDK 10 or newer is needed; this is $version"
}

# apt_install PACKAGE… : only what is missing, as root or with sudo.
apt_install() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  (( ${#missing[@]} )) || return 0
  say "installing Debian packages: ${missing[*]}"
  local as_root=(); (( EUID == 0 )) || as_root=(sudo)
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# A lab of this run's own, gone with it.
LAB=$PWD/tests/lab/lab
lab_up() {
  [[ -n ${ASTERISELL_LAB_NAME:-} ]] && return
  export ASTERISELL_LAB_NAME=build-$$
  trap lab_down EXIT
  trap 'exit 130' INT TERM
  say "starting the lab $ASTERISELL_LAB_NAME: two private Docker engines, one behind a private sshd"
  "$LAB" up --name "$ASTERISELL_LAB_NAME" --owner $$
}
lab_down() {
  # Lanes of tests that still run have labs of their own, which go down with them.
  local lane; for lane in $(jobs -p); do pkill -P "$lane" 2>/dev/null || true; done
  "$LAB" down --name "$ASTERISELL_LAB_NAME" || true
}

clean() {
  rm -rf "$OUT" src/*/bin src/*/obj tests/*/bin tests/*/obj samples/*/bin samples/*/obj
  local state
  for state in "${ASTERISELL_LAB:-/tmp/asterisell-lab}"/build-*; do
    [[ -d $state ]] && "$LAB" down --name "${state##*/}"
  done
  return 0
}
