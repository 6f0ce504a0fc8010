# One backup by a fresh PowerShell: seconds in all, seconds of the database, peak memory of the process in MB.
param([string] $Module, [string] $Inventory, [string] $Instance, [string] $Destination)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Module
$watch = [System.Diagnostics.Stopwatch]::StartNew()
$backup = Backup-AsterisellData $Instance -InventoryPath $Inventory -Destination $Destination
$seconds = $watch.Elapsed.TotalSeconds
$stages = (Get-Content (Join-Path $backup.Path manifest.json) -Raw | ConvertFrom-Json).stages
$peak = [System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB
'{0:F2} {1:F2} {2:F0}' -f $seconds, ($stages | Where-Object name -EQ Database).seconds, $peak
