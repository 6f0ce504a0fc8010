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

Describe 'Get-AsterisellBackup -Stale' {
    BeforeAll {
        # Hosts that are dead: what is stale is told by files alone.
        $dead = Join-Path $TestDrive dead.yml
        $copy = Join-Path $TestDrive copy
        $null = New-Item -ItemType Directory (Join-Path $copy local pester-alpha)
        Copy-Item $first.Path (Join-Path $copy local pester-alpha) -Recurse
        @"
version: 1
hosts:
  local: { endpoint: "unix:///nowhere.sock" }
  milan: { endpoint: "tcp://127.0.0.1:9" }
targets:
  disk: { kind: directory, path: "$copy" }
instances:
  local/pester-alpha: { targets: [disk] }
  milan/unborn: { targets: [disk] }
  milan/lonely: { targets: [] }
  milan/resting: { active: false, targets: [disk] }
"@ | Set-Content $dead
        function Get-Stale { Get-AsterisellBackup -InventoryPath $dead @args }
    }

    It 'names what is missing, with a reason each, while every host is dead' {
        $stale = @(Get-Stale -Stale 26h)
        $stale | Should -BeOfType Asterisell.StaleBackup
        # The management directory is never backed up here, and named last.
        $stale[-1].HostName | Should -Be _repository
        $stale = $stale[0..2]
        $stale.Name | Should -Be lonely, pester-alpha, unborn
        $stale.Reason | Should -Be NoBackup, NeverProven, NoBackup
        $stale[1..2].Target | Should -Be disk, disk
        $stale[0].Message | Should -BeLike '*no target*'
        ($stale | Format-Table | Out-String -Width 120) | Should -Match 'NeverProven'
    }

    It 'is silent where all is well' {
        Test-AsterisellBackup (Join-Path $copy local pester-alpha *) -Quiet | Should -BeTrue
        Get-Stale pester-alpha -Stale 26h | Should -BeNullOrEmpty
        Get-Stale pester-alpha -Stale 26h -ProvenWithin 7d -Destination $copy | Should -BeNullOrEmpty
    }

    It 'tells age by the limit given' {
        (Get-Stale pester-alpha -Stale ([timespan]::Zero)).Reason | Should -Be TooOld
        (Get-Stale pester-alpha -Stale 2d -ProvenWithin 0s).Reason | Should -Be ProofTooOld
    }

    It 'judges an inactive instance only when it is named' {
        (Get-Stale resting -Stale 26h).Reason | Should -Be NoBackup
        Get-Stale rest* -Stale 26h | Should -BeNullOrEmpty
        Get-AsterisellInstance * -InventoryPath $dead | Get-AsterisellBackup -Stale 26h | Select-Object -ExpandProperty Name | Should -Be lonely, unborn
    }

    It 'says that the folder is gone instead of saying nothing' {
        $stale = Get-Stale pester-alpha -Stale 26h -Destination (Join-Path $TestDrive nowhere)
        $stale.Reason | Should -Be NoBackup
        $stale.Message | Should -BeLike "*no folder*nowhere*"
    }

    It 'refuses a bare number, and parameters that mean nothing together' {
        { Get-Stale -Stale 26 } | Should -Throw '*26h*'
        { Get-Stale -Stale 26h -Latest } | Should -Throw -ErrorId "BackupParametersContradict,$errorClass"
        { Get-Stale -ProvenWithin 26h } | Should -Throw -ErrorId "BackupParametersContradict,$errorClass"
    }
}
