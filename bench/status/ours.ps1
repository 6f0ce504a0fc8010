# Seconds of Get-AsterisellStatus over a whole inventory in a running PowerShell: median of -Rounds after one that warms up.
param([string] $Module, [string] $Inventory, [int] $Rounds)
$ErrorActionPreference = 'SilentlyContinue'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Module
$null = Get-AsterisellInstance -InventoryPath $Inventory | Get-AsterisellStatus
$seconds = 1..$Rounds | ForEach-Object {
    (Measure-Command { Get-AsterisellInstance -InventoryPath $Inventory | Get-AsterisellStatus }).TotalSeconds
}
'{0:F2}' -f ($seconds | Sort-Object)[[int][math]::Floor(($Rounds - 1) / 2)]
