# shellcheck shell=bash disable=SC2016
# Every suite, one lab, one last line.

PASSED=0 FAILED=0 SKIPPED=0

# Most of a test is waiting for containers, so two lanes run side by side, each on a lab of its own: one begins with unit and lab tests,
# the other with Pester; who is done first helps with the Pester files that are left.
run_tests() {
  rm -rf "$OUT/results"; mkdir -p "$OUT/results/claims"
  apt_install git tmux
  find_powershell
  lab_up
  local lane=
  if can_pester && (( $(nproc) > 1 )); then
    say "tests: a second lane with Pester begins; it tells here what it did when it is over"
    ASTERISELL_LAB_NAME='' pester_run tests/Pester 2 --claim >"$OUT/results/lane-2.log" 2>&1 &
    lane=$!
  fi
  xunit_suite unit tests/unit/Asterisell.Tests.Unit.csproj
  xunit_suite lab tests/integration/Asterisell.Tests.Integration.csproj
  pester_suite tests/Pester --claim
  [[ -z $lane ]] || end_lane "$lane"
  printf '\n%d passed, %d failed, %d skipped\n' "$PASSED" "$FAILED" "$SKIPPED"
  (( FAILED == 0 && PASSED > 0 ))
}

end_lane() {
  local ended_badly=
  wait "$1" || ended_badly=yes
  say "tests: what the second lane did"
  cat "$OUT/results/lane-2.log"
  count_pester "$OUT/results/pester-2.json" "$ended_badly"
}

# xunit_suite NAME PROJECT [dotnet test arguments…]
xunit_suite() {
  local name=$1 project=$2; shift 2
  say "tests: $name"
  local failed=
  dotnet test "$project" --configuration Release --no-build --nologo --verbosity quiet \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" --results-directory "$OUT/results" "$@" </dev/null || failed=yes
  count_trx "$OUT/results/$name.trx" "$failed"
}

# Adds a result file's counters; a suite that ended badly without a failed test (crash, abort) counts as one failure.
count_trx() {
  local file=$1 ended_badly=$2 counters total=0 passed=0 failed=0
  if [[ -f $file ]] && counters=$(grep -o '<Counters [^>]*>' "$file"); then
    total=$(sed -E 's/.* total="([0-9]+)".*/\1/' <<<"$counters")
    passed=$(sed -E 's/.* passed="([0-9]+)".*/\1/' <<<"$counters")
    failed=$(sed -E 's/.* failed="([0-9]+)".*/\1/' <<<"$counters")
  fi
  (( total > 0 )) || ended_badly=yes
  if [[ -n $ended_badly ]] && (( failed == 0 )); then failed=1; fi
  PASSED=$((PASSED + passed)) FAILED=$((FAILED + failed))
  (( total > passed + failed )) && SKIPPED=$((SKIPPED + total - passed - failed))
  return 0
}

can_pester() { [[ -n $PWSH && $PESTER == true ]]; }

# pester_suite PATH [--claim]
pester_suite() {
  local path=$1; shift
  find_powershell
  if ! can_pester; then
    local files; files=$(find "$path" -name '*.Tests.ps1' | wc -l)
    printf '\n!!! THE PESTER SUITE IS SKIPPED: no PowerShell 7.4 with Pester 5 on this machine (%d files).\n' "$files"
    printf '!!! The cmdlets were not seen working in a real PowerShell by this run.\n'
    SKIPPED=$((SKIPPED + files))
    return
  fi
  say "tests: Pester on PowerShell $("$PWSH" -NoProfile -Command '$PSVersionTable.PSVersion.ToString()')"
  local ended_badly=
  pester_run "$path" 1 "$@" || ended_badly=yes
  count_pester "$OUT/results/pester-1.json" "$ended_badly"
}

# pester_run PATH LANE [--claim]: with --claim, only the files that no other lane has claimed.
pester_run() {
  local claims=(); [[ ${3:-} == --claim ]] && claims=(-Claims "$OUT/results/claims")
  "$PWSH" -NoProfile -NonInteractive -File tests/Pester/Invoke-Tests.ps1 -Path "$1" -ResultPath "$OUT/results/pester-$2.json" "${claims[@]}" </dev/null
}

# The counts of a run; one that ended badly without a failed test (crash, abort) counts as one failure.
count_pester() {
  local file=$1 ended_badly=$2 passed=0 failed=0 skipped=0
  if [[ -f $file ]]; then
    passed=$(sed -nE 's/.*"Passed": *([0-9]+).*/\1/p' "$file")
    failed=$(sed -nE 's/.*"Failed": *([0-9]+).*/\1/p' "$file")
    skipped=$(sed -nE 's/.*"Skipped": *([0-9]+).*/\1/p' "$file")
  else
    ended_badly=yes
  fi
  if [[ -n $ended_badly ]] && (( failed == 0 )); then failed=1; fi
  PASSED=$((PASSED + passed)) FAILED=$((FAILED + failed)) SKIPPED=$((SKIPPED + skipped))
}

run_campaign() {
  rm -rf "$OUT/results"; mkdir -p "$OUT/results"
  lab_up
  xunit_suite unit-campaign tests/unit/Asterisell.Tests.Unit.csproj --filter Category=Campaign
  campaign_figures "$OUT/results/unit-campaign.trx"
  xunit_suite lab-campaign tests/integration/Asterisell.Tests.Integration.csproj --filter Category=Campaign
  campaign_figures "$OUT/results/lab-campaign.trx"
  pester_suite tests/Pester/Lifecycle.Tests.ps1
  printf '\n%d passed, %d failed, %d skipped\n' "$PASSED" "$FAILED" "$SKIPPED"
  (( FAILED == 0 && PASSED > 0 ))
}

# What the campaigns wrote of themselves: the console shows it for failed tests only.
campaign_figures() {
  [[ -f $1 ]] && sed -n 's,^ *<StdOut>\(.*\)</StdOut>$,  \1,p' "$1"
  return 0
}
