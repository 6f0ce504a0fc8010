#!/usr/bin/env bash
# Builds, tests and shows the module on a bare Debian 12 with the .NET SDK; with PowerShell present it does what build.ps1 does.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
for part in tools/build/*.sh; do
  # shellcheck source=/dev/null
  source "$part"
done

usage() {
  cat <<'TEXT'
usage: ./build.sh COMMAND

  build      compile, and lay out the module below out/Asterisell
  test       all tests: unit, lab (real containers), Pester; ends with "N passed, N failed, N skipped"
  demo       the main job end to end on real containers: inventory, status, backup of every instance, proof
  campaign   the long test campaigns (fuzzing, corruption, kills) in full, with their figures
  bench      the figures of bench/, beside their peers
  clean      remove what was built, and any lab left behind

What is missing (Debian packages, a private Docker engine) is installed by apt as root or with sudo, and said so.
TEXT
}

main() {
  case ${1:-help} in
    build) need_sdk; build_module ;;
    test) need_sdk; build_module; run_tests ;;
    demo) need_sdk; build_module; run_demo ;;
    campaign) need_sdk; build_module; ASTERISELL_CAMPAIGN=full run_campaign ;;
    bench) need_sdk; build_module; run_bench ;;
    clean) clean ;;
    help|-h|--help) usage ;;
    *) usage >&2; return 2 ;;
  esac
}

main "$@"
