<#
.SYNOPSIS
Measures Import-Module of the built module beside an empty binary module, and the first Tab on an instance name.
.DESCRIPTION
Each value in a fresh PowerShell, in turns; medians in milliseconds, of the clock and of the processor: a loaded machine stretches the
former alone. Tab is measured cold, right after the import, and as somebody at a prompt meets it: with PSReadLine, a second after it.
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
$ours = Join-Path $root 'out/Asterisell/Asterisell.psd1'
$inventory = Join-Path $folder 'asterisell.yml'
Set-Content $inventory 'version: 1', "hosts: { local: { endpoint: 'unix:///nowhere.sock' } }", 'instances: { alpha: { host: local }, beta: { host: local } }'

# What is got ready, and what is measured.
$warmTab = "`$null = TabExpansion2 -inputScript 'Get-ChildItem -Pa' -cursorColumn 17; `$null = TabExpansion2 -inputScript 'Get-Help -Cat' -cursorColumn 13"
$tab = "if ((TabExpansion2 -inputScript 'Get-AsterisellInstance al' -cursorColumn 25).CompletionMatches.Count -ne 1) { throw 'no completion' }"
$measured = [ordered]@{
    'import, empty module' = '', "Import-Module '$empty'"
    'import, ours'         = '', "Import-Module '$ours'"
    'first Tab, cold'      = "Import-Module '$ours'; $warmTab", $tab
    'first Tab, at a prompt' = "Import-Module PSReadLine; Import-Module '$ours'; $warmTab; Start-Sleep 1", $tab
}

function Measure-Once([string] $Before, [string] $Script) {
    $env:ASTERISELL_INVENTORY = $inventory
    $said = & ([Environment]::ProcessPath) -NoProfile -NonInteractive -Command @"
$Before
`$process = [Diagnostics.Process]::GetCurrentProcess(); `$cpu = `$process.TotalProcessorTime; `$watch = [Diagnostics.Stopwatch]::StartNew()
$Script
`$time = `$watch.Elapsed; `$process.Refresh()
[string]::Format([cultureinfo]::InvariantCulture, '{0} {1}', `$time.TotalMilliseconds, (`$process.TotalProcessorTime - `$cpu).TotalMilliseconds)
"@
    [double[]]("$said" -split ' ')
}

function Get-Median([double[]] $Values) { ($Values | Sort-Object)[[int](($Values.Count - 1) / 2)] }

$times = @{}
foreach ($round in 0..$Rounds) {
    foreach ($name in $measured.Keys) {
        $one = Measure-Once $measured[$name][0] $measured[$name][1]
        # The first round fills the disk cache.
        if ($round -gt 0) { $times[$name] += , $one }
    }
}
'| | clock, ms | processor, ms |', '|---|---|---|'
$median = @{}
foreach ($name in $measured.Keys) {
    $median[$name] = (Get-Median @($times[$name] | ForEach-Object { $_[0] })), (Get-Median @($times[$name] | ForEach-Object { $_[1] }))
    [string]::Format([cultureinfo]::InvariantCulture, '| {0} | {1:0.0} | {2:0.0} |', $name, $median[$name][0], $median[$name][1])
}
[string]::Format([cultureinfo]::InvariantCulture, '| import, ours less empty | {0:0.0} | {1:0.0} |',
    ($median['import, ours'][0] - $median['import, empty module'][0]), ($median['import, ours'][1] - $median['import, empty module'][1]))
