<#
.SYNOPSIS
Publishes the built module into a folder repository below out/packages, and proves that what lies there installs and imports.
#>
[CmdletBinding()]
param()
$ErrorActionPreference = 'Stop'
$root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
$packages = Join-Path $root 'out/packages'
$installed = Join-Path $root 'out/installed'
Remove-Item $packages, $installed -Recurse -ErrorAction Ignore
$null = New-Item -ItemType Directory $packages, $installed
$repository = "asterisell-build-$PID"
Register-PSResourceRepository -Name $repository -Uri $packages -Trusted
try {
    Publish-PSResource -Path (Join-Path $root 'out/Asterisell') -Repository $repository
    Save-PSResource -Name Asterisell -Repository $repository -Path $installed -TrustRepository
}
finally {
    Unregister-PSResourceRepository -Name $repository
}
$manifest = Get-ChildItem $installed -Recurse -Filter Asterisell.psd1
& ([Environment]::ProcessPath) -NoProfile -Command "Import-Module '$manifest' -ErrorAction Stop; (Get-Command -Module Asterisell).Count"
if ($LASTEXITCODE -ne 0) { throw 'The package does not import.' }
"package: $((Get-ChildItem $packages -Filter *.nupkg).FullName)"
