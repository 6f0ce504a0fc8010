<#
.SYNOPSIS
Runs the Pester tests on the built module and prints "N passed, N failed, N skipped".
.PARAMETER Path
Files or folders; all of them unless told.
.PARAMETER ResultPath
File for the counts, as JSON.
.PARAMETER Claims
A folder that several runs share: each file of tests is run by the one that claims it first, so that together they run all of them once.
.PARAMETER Output
What Pester prints: None, Normal, Detailed, Diagnostic.
#>
[CmdletBinding()]
param(
    [string[]] $Path = $PSScriptRoot,
    [string] $ResultPath,
    [string] $Claims,
    [ValidateSet('None', 'Normal', 'Detailed', 'Diagnostic')] [string] $Output = 'Normal'
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module Pester -MinimumVersion 5.5 -MaximumVersion 5.99.99
Import-Module (Join-Path $PSScriptRoot Common.psm1) -Force

# pwsh -File hands a list over as one word. The largest files first: several runs then end at about the same time.
$files = @(Get-ChildItem @($Path -split ',') -Filter *.Tests.ps1 -Recurse | Sort-Object Length -Descending)
if (-not $files) { throw "There are no tests in $Path." }

# Making a file that must not exist either works or says that another run has it.
function Test-Claim([string] $Name) {
    try { [IO.File]::Open((Join-Path $Claims $Name), 'CreateNew').Dispose(); $true } catch [IO.IOException] { $false }
}

$passed = $failed = $skipped = 0
try {
    foreach ($file in $files) {
        if ($Claims -and -not (Test-Claim $file.Name)) { continue }
        $configuration = New-PesterConfiguration
        $configuration.Run.Path = $file.FullName
        $configuration.Run.PassThru = $true
        $configuration.Output.Verbosity = $Output
        $result = Invoke-Pester -Configuration $configuration
        if (-not $result) { throw "Pester gave no result for $file." }

        # A file that cannot even be read by Pester holds tests that did not run: that is a failure.
        $passed += $result.PassedCount
        $failed += $result.FailedCount + $result.FailedContainersCount + $result.FailedBlocksCount
        $skipped += $result.SkippedCount + $result.NotRunCount + $result.InconclusiveCount
    }
}
finally {
    Remove-Lab
}

if ($ResultPath) {
    [ordered]@{ Passed = $passed; Failed = $failed; Skipped = $skipped } | ConvertTo-Json | Set-Content $ResultPath
}
"$passed passed, $failed failed, $skipped skipped"
# A run that found every file claimed has done its part.
exit [int]($failed -gt 0 -or ($passed -eq 0 -and -not $Claims))
