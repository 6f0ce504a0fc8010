BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.GetAsterisellBackupCommand'
    Start-LabInstance local/pester-alpha -Options --no-data, --no-cron
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/pester-alpha, milan/pester-unborn
    $destination = Join-Path $TestDrive backups
    $first = Backup-AsterisellData pester-alpha -Destination $destination
    $second = Backup-AsterisellData pester-alpha -Destination $destination
}
AfterAll { $env:ASTERISELL_INVENTORY = $null }

Describe 'Get-AsterisellBackup' {
    It 'lists snapshots by time without an inventory' {
        $saved, $env:ASTERISELL_INVENTORY = $env:ASTERISELL_INVENTORY, (Join-Path $TestDrive none.yml)
        try { (Get-AsterisellBackup -Destination $destination).SnapshotId | Should -Be $first.SnapshotId, $second.SnapshotId }
        finally { $env:ASTERISELL_INVENTORY = $saved }
    }

    It 'chooses by name, host and wildcard' {
        (Get-AsterisellBackup local/pester-* -Destination $destination).Count | Should -Be 2
        (Get-AsterisellBackup * -HostName loc* -Destination $destination).Count | Should -Be 2
        Get-AsterisellBackup * -HostName milan -Destination $destination | Should -BeNullOrEmpty
    }

    It 'gives the newest of each with -Latest' {
        (Get-AsterisellBackup -Destination $destination -Latest).SnapshotId | Should -Be $second.SnapshotId
    }

    It 'names each instance that has no backup' {
        $found = Get-AsterisellInstance | Get-AsterisellBackup -Destination $destination -Latest -ErrorVariable missing -ErrorAction SilentlyContinue
        $found.Name | Should -Be pester-alpha
        $missing.FullyQualifiedErrorId | Should -Be "BackupNotFound,$errorClass"
        $missing.CategoryInfo.TargetName | Should -Be milan/pester-unborn
    }

    It 'says that the folder is not there' {
        { Get-AsterisellBackup -Destination (Join-Path $TestDrive nowhere) -ErrorAction Stop } | Should -Throw -ErrorId "BackupDestinationNotFound,$errorClass"
    }

    It 'shows a damaged one, and the last test of a good one' {
        Test-AsterisellBackup $first.Path -Quiet | Should -BeTrue
        Add-Content (Join-Path $second.Path manifest.json) ' '
        $backups = Get-AsterisellBackup -Destination $destination
        $backups.State | Should -Be Complete, Damaged
        $backups[0].LastTestPassed | Should -BeTrue
        $backups[0].LastTestLevel | Should -Be Content
        $backups[1].Reason | Should -BeLike 'manifest.json: it does not agree with its checksum*'
        (Get-AsterisellBackup -Destination $destination -Latest).SnapshotId | Should -Be $first.SnapshotId
        ($backups | Format-Table | Out-String -Width 120) | Should -Match 'Damaged'
    }
}
