# One backup and its test by a fresh PowerShell: seconds of the backup, seconds of its database part, processor seconds of this process for
# the backup, peak memory of the process in MB, seconds of Test-AsterisellBackup.
param([string] $Module, [string] $Inventory, [string] $Instance, [string] $Destination)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Module
$process = [System.Diagnostics.Process]::GetCurrentProcess()
$before = $process.TotalProcessorTime
$watch = [System.Diagnostics.Stopwatch]::StartNew()
$backup = Backup-AsterisellData $Instance -InventoryPath $Inventory -Destination $Destination
$seconds = $watch.Elapsed.TotalSeconds
$process.Refresh()
$cpu = ($process.TotalProcessorTime - $before).TotalSeconds
$peak = $process.PeakWorkingSet64 / 1MB
$stages = (Get-Content (Join-Path $backup.Path manifest.json) -Raw | ConvertFrom-Json).stages
$watch.Restart()
if (-not ($backup | Test-AsterisellBackup).Passed) { throw "the backup of $Instance did not pass its test" }
'{0:F2} {1:F2} {2:F2} {3:F0} {4:F2}' -f $seconds, ($stages | Where-Object name -EQ Database).seconds, $cpu, $peak, $watch.Elapsed.TotalSeconds
