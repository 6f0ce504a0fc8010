<#
.SYNOPSIS
Builds, tests and packages the module from PowerShell; build.sh does the same on a bare Linux machine.
.PARAMETER Task
Build lays the module out below out/Asterisell. Test runs all suites. Demo shows the main job on real containers. Docs brings the help in
line with the cmdlets. Package publishes the module into a folder repository, installs it from there and imports it.
.EXAMPLE
./build.ps1
.EXAMPLE
./build.ps1 -Task Build, Docs, Build, Package
#>
[CmdletBinding()]
param([ValidateSet('Build', 'Test', 'Demo', 'Docs', 'Package')] [string[]] $Task = 'Build')
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# Runs a program and stops where it fails.
function Invoke-Program([string] $Program, [string[]] $Arguments) {
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$Program $Arguments ended with exit code $LASTEXITCODE." }
}

function Invoke-Build {
    Invoke-Program dotnet @('restore', 'Asterisell.PowerShell.sln', '--locked-mode', '--verbosity', 'quiet')
    Invoke-Program dotnet @('build', 'Asterisell.PowerShell.sln', '--configuration', 'Release', '--no-restore', '--verbosity', 'quiet')
    'module: out/Asterisell'
}

function Invoke-Test {
    foreach ($project in 'unit', 'integration') {
        Invoke-Program dotnet @('test', "tests/$project", '--configuration', 'Release', '--no-build', '--nologo')
    }
    Invoke-Program ([Environment]::ProcessPath) @('-NoProfile', '-NonInteractive', '-File', 'tests/Pester/Invoke-Tests.ps1')
}

function Invoke-Demo {
    # The lab that the demo runs on is brought up and taken down by build.sh.
    Invoke-Program ./build.sh @('demo')
}

function Invoke-Docs {
    if (Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable) { ./tools/build/Docs.ps1 }
    else { Write-Warning 'The help is left as it is: Microsoft.PowerShell.PlatyPS is not installed (Install-PSResource Microsoft.PowerShell.PlatyPS).' }
}

function Invoke-Package {
    if (-not (Get-Command Publish-PSResource -ErrorAction Ignore)) {
        Write-Warning 'No package is made: this PowerShell is without Microsoft.PowerShell.PSResourceGet.'
        return
    }
    ./tools/build/Package.ps1
}

Push-Location $PSScriptRoot
try {
    foreach ($one in $Task) { & "Invoke-$one" }
}
finally {
    Pop-Location
}
