BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.TestAsterisellBackupCommand'
    Start-LabInstance local/pester-alpha -Options --no-data, --no-cron
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/pester-alpha
    $good = Backup-AsterisellData pester-alpha -Destination (Join-Path $TestDrive backups)

    # A copy of the good snapshot that a test may damage.
    function Copy-Backup {
        $folder = Join-Path $TestDrive ([guid]::NewGuid()) local pester-alpha
        $null = New-Item -ItemType Directory $folder
        Copy-Item $good.Path $folder -Recurse
        Join-Path $folder $good.SnapshotId
    }
}
AfterAll { $env:ASTERISELL_INVENTORY = $null }

Describe 'Test-AsterisellBackup' {
    It 'passes what is whole, at both levels' {
        foreach ($level in 'Manifest', 'Content') {
            $verdict = $good | Test-AsterisellBackup -Level $level
            $verdict | Should -BeOfType Asterisell.BackupVerdict
            $verdict.Passed | Should -BeTrue
            $verdict.Level | Should -Be $level
            $verdict.Findings | Where-Object IsFailure | Should -BeNullOrEmpty
        }
        Test-AsterisellBackup (Join-Path $TestDrive backups local * *) -Quiet | Should -BeTrue
    }

    It 'finds a flipped byte of the dump by its content' {
        $copy = Copy-Backup
        $file = Join-Path $copy database rows.sql.gz
        $bytes = [IO.File]::ReadAllBytes($file)
        $bytes[$bytes.Length / 2] = $bytes[$bytes.Length / 2] -bxor 1
        [IO.File]::WriteAllBytes($file, $bytes)
        (Test-AsterisellBackup $copy -Level Manifest).Passed | Should -BeTrue
        $verdict = Test-AsterisellBackup $copy
        $verdict.Passed | Should -BeFalse
        $verdict.Findings.File | Should -Contain database/rows.sql.gz
        ($verdict | Format-Table | Out-String -Width 120) | Should -Match 'SHA-256|decompressed'
    }

    It 'finds a missing file, and tells of one too many without failing' {
        $copy = Copy-Backup
        $null = New-Item (Join-Path $copy extra)
        $verdict = Test-AsterisellBackup $copy -Level Manifest
        $verdict.Passed | Should -BeTrue
        ($verdict.Findings | Where-Object File -EQ extra).IsFailure | Should -BeFalse
        Remove-Item (Join-Path $copy files etc hosts)
        Test-AsterisellBackup $copy -Level Manifest -Quiet | Should -BeFalse
    }

    It 'fails a backup that could not be made' {
        $failed = Backup-AsterisellData pester-alpha -Destination (New-Item (Join-Path $TestDrive plain) -ItemType File) -ErrorAction SilentlyContinue
        $failed | Test-AsterisellBackup -Quiet | Should -BeFalse
    }

    It 'says no with -Quiet of what is no backup, or not there' {
        Test-AsterisellBackup $TestDrive -Quiet | Should -BeExactly $false
        Test-AsterisellBackup (Join-Path $TestDrive nowhere) -Quiet | Should -BeExactly $false
    }

    It 'refuses a folder that is no snapshot' {
        { Test-AsterisellBackup $TestDrive -ErrorAction Stop } | Should -Throw -ErrorId "BackupFolderInvalid,$errorClass"
    }
}
