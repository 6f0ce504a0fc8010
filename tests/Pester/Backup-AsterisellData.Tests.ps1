BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.BackupAsterisellDataCommand'
    Start-LabInstance local/pester-alpha -Options --no-data, --no-cron
    Start-LabInstance local/pester-beta -Options --no-data, --no-cron
    Start-LabInstance milan/pester-gamma -Options --no-data, --no-cron
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/pester-alpha, local/pester-beta, milan/pester-gamma
}
AfterAll { $env:ASTERISELL_INVENTORY = $null }

Describe 'Backup-AsterisellData' {
    BeforeEach { $destination = Join-Path $TestDrive ([guid]::NewGuid()) }

    It 'backs up all instances in one pipeline, on both hosts, and they pass their test' {
        $verdicts = Get-AsterisellInstance | Backup-AsterisellData -Destination $destination | Test-AsterisellBackup
        $verdicts.Count | Should -Be 3
        $verdicts.Passed | Should -Not -Contain $false
        $verdicts.Level | Sort-Object -Unique | Should -Be Content
        $verdicts.HostName | Sort-Object -Unique | Should -Be local, milan
    }

    It 'tells what it made' {
        $backup = Backup-AsterisellData pester-alpha -Destination $destination
        $backup | Should -BeOfType Asterisell.AsterisellBackup
        $backup.State | Should -Be Complete
        $backup.SnapshotId | Should -Match '^\d{8}T\d{6}Z$'
        $backup.Path | Should -Be (Join-Path $destination local pester-alpha $backup.SnapshotId)
        $backup.SizeBytes | Should -Be (Get-ChildItem $backup.Path -Recurse -File -Force | Measure-Object Length -Sum).Sum
        $backup.ApplicationVersion | Should -Be Asterisell-5.8
        $backup.TableCount | Should -BeGreaterThan 40
        ($backup | Format-Table | Out-String -Width 120) | Should -Match 'Complete'
        ($backup | Format-List | Out-String) | Should -Match 'pester-alpha'
    }

    It 'takes a destination relative to the current location' {
        Push-Location $TestDrive
        try { (Backup-AsterisellData pester-alpha -Destination ./relative).Path | Should -BeLike (Join-Path $TestDrive 'relative/*') }
        finally { Pop-Location }
    }

    It 'names the instance that fails, gives a failed backup, and goes on with the others' {
        Stop-LabInstance local/pester-beta
        try {
            $backups = Backup-AsterisellData * -Destination $destination -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed.FullyQualifiedErrorId | Should -Be "InstanceNotRunning,$errorClass"
            $failed.CategoryInfo.TargetName | Should -Be local/pester-beta
            ($backups | Sort-Object Name).State | Should -Be Complete, Failed, Complete
            ($backups | Where-Object State -EQ Failed).Reason | Should -BeLike 'the container is not running*'
            ($backups | Test-AsterisellBackup -Quiet | Sort-Object) | Should -Be $false, $true, $true
        }
        finally { Start-LabInstance local/pester-beta }
    }

    It 'leaves nothing of a dump that fails' {
        $null = Invoke-Lab fault local, pester-alpha, dump-truncated, on
        try {
            $backup = Backup-AsterisellData pester-alpha -Destination $destination -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed.FullyQualifiedErrorId | Should -Be "BackupDumpTruncated,$errorClass"
            $backup.State | Should -Be Failed
            Get-AsterisellBackup -Destination $destination | Should -BeNullOrEmpty
        }
        finally { $null = Invoke-Lab fault local, pester-alpha, dump-truncated, off }
    }

    It 'says where it may not write' {
        $file = New-Item (Join-Path $TestDrive 'file') -ItemType File -Force
        Backup-AsterisellData pester-alpha -Destination $file -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
        $failed.FullyQualifiedErrorId | Should -Be "BackupTargetFailed,$errorClass"
    }

    It 'shows the whole set with -WhatIf and does nothing' {
        $null = Backup-AsterisellData * -Destination $destination -WhatIf
        Test-Path $destination | Should -BeFalse
    }

    It 'ends soon after Ctrl+C and leaves nothing visible or running' {
        $stopped = Measure-Stop -After ([timespan]::FromSeconds(3)) -Arguments $env:ASTERISELL_INVENTORY, $destination -Script {
            param($inventory, $destination)
            while ($true) { Backup-AsterisellData pester-alpha -InventoryPath $inventory -Destination $destination }
        }
        $stopped.Elapsed.TotalSeconds | Should -BeLessThan 4
        $stopped.State | Should -Be Stopped
        $deadline = [datetime]::UtcNow.AddSeconds(15)
        do { $left = Invoke-LabDocker local/pester-alpha 'exec', 'pester-alpha', 'bash', '-c', 'ps -eo args | grep -E "^(mariadb-dump|mysqldump|tar) " || true' }
        while ($left -and [datetime]::UtcNow -lt $deadline)
        $left | Should -BeNullOrEmpty
        Get-ChildItem $destination -Recurse -Directory -Force -Filter '2*Z' -ErrorAction Ignore | ForEach-Object {
            Test-AsterisellBackup $_.FullName -Quiet | Should -BeTrue
        }
    }
}
