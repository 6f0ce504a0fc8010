# One backup by a fresh PowerShell: seconds in all, seconds of its database part, peak memory in MB, months dumped, months shared,
# milliseconds for which nobody could commit.
param([string] $Module, [string] $Inventory, [string] $Instance, [string] $Destination)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Module
$watch = [System.Diagnostics.Stopwatch]::StartNew()
$backup = Backup-AsterisellData $Instance -InventoryPath $Inventory -Destination $Destination
$seconds = $watch.Elapsed.TotalSeconds
$process = [System.Diagnostics.Process]::GetCurrentProcess()
$manifest = Get-Content (Join-Path $backup.Path manifest.json) -Raw | ConvertFrom-Json
$ranges = $manifest.database.pieces | Where-Object range
$dumped = @($ranges | Where-Object { $_.range.dumpedIn -eq $manifest.snapshot }).Count
$held = $manifest.database.consistency.statement -match 'for (\d+) ms' ? $Matches[1] : '-'
'{0:F2} {1:F2} {2:F0} {3} {4} {5}' -f $seconds, ($manifest.stages | Where-Object name -EQ Database).seconds, ($process.PeakWorkingSet64 / 1MB),
    $dumped, (@($ranges).Count - $dumped), $held
