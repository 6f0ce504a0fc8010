# shellcheck shell=bash
# Figures beside peers, all in one run.

run_bench() {
  lab_up
  apt_install ansible borgbackup hyperfine rdiff-backup restic rsync time
  local script
  for script in bench/*/run.sh; do
    say "bench: ${script%/run.sh}"
    "$script"
  done
}
