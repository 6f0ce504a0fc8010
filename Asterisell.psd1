# The version stands in Directory.Build.props; the build writes it here. The list of cmdlets is checked against the assembly by a test.
@{
    RootModule           = 'Asterisell.PowerShell.dll'
    ModuleVersion        = '0.0.0'
    GUID                 = '6f0c3c0e-6f5b-4d0e-9f3e-0c1f6a2d7b58'
    Author               = 'The Asterisell PowerShell maintainers'
    CompanyName          = 'Unknown'
    Copyright            = '(c) The Asterisell PowerShell maintainers. MIT license.'
    Description          = 'Runs fleets of Asterisell VoIP billing instances in Docker containers on one or many hosts: status, work inside, verified backups.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    CmdletsToExport      = @(
        'Backup-AsterisellData'
        'Backup-AsterisellRepository'
        'Build-AsterisellImage'
        'Compare-AsterisellInstance'
        'Copy-AsterisellData'
        'Disable-AsterisellJob'
        'Disable-AsterisellWeb'
        'Enable-AsterisellJob'
        'Enable-AsterisellWeb'
        'Enter-AsterisellInstance'
        'Export-AsterisellData'
        'Get-AsterisellBackup'
        'Get-AsterisellConflict'
        'Get-AsterisellHost'
        'Get-AsterisellInstance'
        'Get-AsterisellJob'
        'Get-AsterisellLease'
        'Get-AsterisellLog'
        'Get-AsterisellPackage'
        'Get-AsterisellProblem'
        'Get-AsterisellRepository'
        'Get-AsterisellSshAccess'
        'Get-AsterisellStatus'
        'Get-AsterisellUndo'
        'Get-AsterisellVolume'
        'Grant-AsterisellSshAccess'
        'Import-AsterisellData'
        'Initialize-AsterisellBackupTarget'
        'Install-AsterisellInstance'
        'Invoke-AsterisellCommand'
        'Invoke-AsterisellJob'
        'New-AsterisellInventory'
        'Remove-AsterisellBackup'
        'Remove-AsterisellLease'
        'Remove-AsterisellVolume'
        'Resolve-AsterisellConflict'
        'Restart-AsterisellInstance'
        'Restore-AsterisellData'
        'Restore-AsterisellUndo'
        'Revoke-AsterisellSshAccess'
        'Save-AsterisellRepository'
        'Set-AsterisellAdmin'
        'Set-AsterisellDatabasePassword'
        'Start-AsterisellInstance'
        'Stop-AsterisellInstance'
        'Test-AsterisellBackup'
        'Test-AsterisellBackupTarget'
        'Test-AsterisellHost'
        'Test-AsterisellInventory'
        'Undo-AsterisellRepository'
        'Uninstall-AsterisellInstance'
        'Update-AsterisellInstance'
        'Update-AsterisellPackage'
        'Update-AsterisellRepository'
        'Wait-AsterisellInstance'
    )
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    TypesToProcess       = @('Asterisell.Types.ps1xml')
    FormatsToProcess     = @('Asterisell.Format.ps1xml')
    PrivateData          = @{
        PSData = @{
            Tags         = @('Asterisell', 'VoIP', 'Billing', 'Docker', 'Container', 'Backup', 'MariaDB', 'PSEdition_Core', 'Linux', 'Windows', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
