# shellcheck shell=bash disable=SC2016,SC2034
# A PowerShell 7.4 or newer with Pester: the machine's own, else one in a folder of ours, else none.

# Sets PWSH (empty where there is none) and PESTER (true or false).
find_powershell() {
  [[ -n ${PWSH+known} ]] && return
  PWSH=$(command -v pwsh || true)
  if [[ -n $PWSH ]] && ! "$PWSH" -NoProfile -NonInteractive -Command 'exit [int]($PSVersionTable.PSVersion -lt [version]"7.4")'; then
    say "$PWSH is older than 7.4; it is left alone"
    PWSH=
  fi
  [[ -n $PWSH ]] || install_powershell
  PESTER=false
  [[ -n $PWSH ]] && find_pester
  return 0
}

install_powershell() {
  local folder=$BUILD_CACHE/powershell
  if [[ ! -x $folder/pwsh ]]; then
    say "no PowerShell on PATH: trying the .NET tool 'PowerShell' into a folder of our own"
    dotnet tool install PowerShell --tool-path "$folder" >"$OUT/powershell-tool.log" 2>&1 || true
  fi
  if [[ -x $folder/pwsh ]] && "$folder/pwsh" -NoProfile -NonInteractive -Command 'exit 0' 2>/dev/null; then
    PWSH=$folder/pwsh
  else
    say "no PowerShell: the package source does not carry the tool. Going on without (see out/powershell-tool.log)"
  fi
}

find_pester() {
  has_pester && { PESTER=true; return; }
  local folder=$BUILD_CACHE/modules
  export PSModulePath=$folder${PSModulePath:+:$PSModulePath}
  has_pester && { PESTER=true; return; }
  say "no Pester 5: trying the PowerShell gallery into a folder of our own"
  mkdir -p "$folder"
  PESTER_FOLDER=$folder timeout 60 "$PWSH" -NoProfile -NonInteractive -Command '
    $ErrorActionPreference = "Stop"; $ProgressPreference = "SilentlyContinue"
    if (Get-Command Save-PSResource -ErrorAction Ignore) { Save-PSResource Pester -Version "[5.5,6.0)" -Path $env:PESTER_FOLDER -TrustRepository -Repository PSGallery }
    else { Save-Module Pester -MinimumVersion 5.5 -MaximumVersion 5.99 -Path $env:PESTER_FOLDER -Repository PSGallery -Force }' \
    >"$OUT/pester.log" 2>&1 || true
  has_pester && { PESTER=true; return; }
  say "no Pester: the gallery does not answer. Going on without (see out/pester.log)"
}

has_pester() {
  "$PWSH" -NoProfile -NonInteractive -Command 'exit [int](-not (Get-Module Pester -ListAvailable | Where-Object Version -ge ([version]"5.0")))' 2>/dev/null
}
