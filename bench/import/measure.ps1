<#
.SYNOPSIS
Measures Import-Module of the built module and of an empty binary module.
.PARAMETER Rounds
Fresh processes for each.
#>
param([int] $Rounds = 15)
$ErrorActionPreference = 'Stop'
$root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
$folder = Join-Path $root 'out/bench-import'
Remove-Item $folder -Recurse -ErrorAction Ignore
$null = New-Item -ItemType Directory $folder
$empty = Join-Path $folder 'Empty.dll'
Add-Type -OutputAssembly $empty -TypeDefinition @'
using System.Management.Automation;
[Cmdlet("Get", "Nothing")] public sealed class GetNothingCommand : PSCmdlet { }
'@
$modules = [ordered]@{ empty = $empty; ours = Join-Path $root 'out/Asterisell/Asterisell.psd1' }

function Measure-Import([string] $Path) {
    $script = "`$w = [Diagnostics.Stopwatch]::StartNew(); Import-Module '$Path'; `$w.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)"
    [double](& ([Environment]::ProcessPath) -NoProfile -NonInteractive -Command $script)
}

$times = @{ empty = @(); ours = @() }
foreach ($round in 0..$Rounds) {
    foreach ($name in $modules.Keys) {
        $time = Measure-Import $modules[$name]
        # The first round fills the disk cache.
        if ($round -gt 0) { $times[$name] += $time }
    }
}
$median = @{}
foreach ($name in $modules.Keys) { $median[$name] = ($times[$name] | Sort-Object)[[int](($Rounds - 1) / 2)] }
'{0,-8}{1,10}{2,10}{3,10}' -f 'module', 'median', 'least', 'most'
foreach ($name in $modules.Keys) {
    $sorted = $times[$name] | Sort-Object
    '{0,-8}{1,8:0.0} {2,9:0.0} {3,9:0.0}' -f $name, $median[$name], $sorted[0], $sorted[-1]
}
'difference {0:0.0} ms, ratio {1:0.00}' -f ($median.ours - $median.empty), ($median.ours / $median.empty)
