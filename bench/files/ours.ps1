# One backup by a fresh PowerShell: seconds of the backup, seconds of its files, peak memory of the process in MB, new MB.
param([string] $Module, [string] $Inventory, [string] $Instance, [string] $Destination)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Module
$watch = [System.Diagnostics.Stopwatch]::StartNew()
$backup = Backup-AsterisellData $Instance -InventoryPath $Inventory -Destination $Destination
$seconds = $watch.Elapsed.TotalSeconds
$process = [System.Diagnostics.Process]::GetCurrentProcess()
$stages = (Get-Content (Join-Path $backup.Path manifest.json) -Raw | ConvertFrom-Json).stages
'{0:F2} {1:F2} {2:F0} {3:F0}' -f $seconds, ($stages | Where-Object name -EQ Files).seconds, ($process.PeakWorkingSet64 / 1MB), ($backup.NewBytes / 1MB)
