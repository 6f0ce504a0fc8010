# shellcheck shell=bash
# The main job end to end: in a real PowerShell where there is one, else the same Engine from a small program.

run_demo() {
  lab_up
  find_powershell
  if [[ -n $PWSH ]]; then
    "$PWSH" -NoProfile -NonInteractive -File samples/Demo.ps1 </dev/null
  else
    say "without PowerShell the demo runs the same Engine from samples/Demo"
    dotnet run --project samples/Demo --configuration Release --no-build </dev/null
  fi
}
