# One restore or drill by a fresh PowerShell: seconds, and seconds of its step that loads the database.
param([string] $Module, [string] $Inventory, [string] $Instance, [string] $Destination, [string] $What)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Module
$backup = Get-AsterisellBackup -Destination $Destination -Latest
$watch = [System.Diagnostics.Stopwatch]::StartNew()
if ($What -eq 'drill') {
    $verdict = $backup | Test-AsterisellBackup -Level Restore -InventoryPath $Inventory
    $seconds = $watch.Elapsed.TotalSeconds
    if (-not $verdict.Passed) { throw "the drill failed: $($verdict.Findings)" }
    $evidence = Get-ChildItem (Join-Path $backup.Path '../.verdicts') -Filter '*.drill.json' -Force | Get-Content -Raw | ConvertFrom-Json
    $load = $evidence.steps.Load
}
else {
    $result = $What -eq 'application' `
        ? (Restore-AsterisellData $Instance -FromApplicationBackup -InventoryPath $Inventory -SkipSafetyBackup -Force) `
        : ($backup | Restore-AsterisellData -InventoryPath $Inventory -SkipSafetyBackup -Force)
    $seconds = $watch.Elapsed.TotalSeconds
    $load = ($result.Steps | Where-Object Step -EQ Load).Duration.TotalSeconds
}
'{0:F2} {1:F2}' -f $seconds, $load
