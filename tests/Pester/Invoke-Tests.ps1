<#
.SYNOPSIS
Runs the Pester tests on the built module and prints "N passed, N failed, N skipped".
.PARAMETER Path
Files or folders; all of them unless told.
.PARAMETER ResultPath
File for the counts, as JSON.
.PARAMETER Output
What Pester prints: None, Normal, Detailed, Diagnostic.
#>
[CmdletBinding()]
param(
    [string[]] $Path = $PSScriptRoot,
    [string] $ResultPath,
    [ValidateSet('None', 'Normal', 'Detailed', 'Diagnostic')] [string] $Output = 'Normal'
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module Pester -MinimumVersion 5.5 -MaximumVersion 5.99.99
Import-Module (Join-Path $PSScriptRoot Common.psm1) -Force

$configuration = New-PesterConfiguration
# pwsh -File hands a list over as one word.
$configuration.Run.Path = @($Path -split ',')
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = $Output
try {
    $result = Invoke-Pester -Configuration $configuration
}
finally {
    Remove-Lab
}

if (-not $result) { throw 'Pester gave no result.' }

# A file that cannot even be read by Pester holds tests that did not run: that is a failure.
$failed = $result.FailedCount + $result.FailedContainersCount + $result.FailedBlocksCount
$skipped = $result.SkippedCount + $result.NotRunCount + $result.InconclusiveCount
if ($ResultPath) {
    [ordered]@{ Passed = $result.PassedCount; Failed = $failed; Skipped = $skipped } | ConvertTo-Json | Set-Content $ResultPath
}
"$($result.PassedCount) passed, $failed failed, $skipped skipped"
exit [int]($failed -gt 0 -or $result.PassedCount -eq 0)
