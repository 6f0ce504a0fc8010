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

    Context "the application's own backups" {
        BeforeAll {
            Start-LabInstance local/pester-own -Options --no-cron, --cdrs, 300, --months, 1
            $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/pester-own
            function Invoke-Own([string] $Command) { Invoke-LabDocker local/pester-own 'exec', '-w', '/var/www/pester-own/admin', 'pester-own', 'bash', '-c', $Command }
            function Get-OwnFiles($Backup) { (Get-Content (Join-Path $Backup.Path manifest.json) -Raw | ConvertFrom-Json).ownFiles }
            $folder = 'data_files/messages/backup'
        }
        AfterAll { Remove-LabInstance local/pester-own }

        It 'says that they were never made' {
            $backup = Backup-AsterisellData pester-own -Destination $destination
            $backup.Notes | Should -Be "The application's own backup: the application's backup jobs have never run: there are no files for data restore."
            $verdict = $backup | Test-AsterisellBackup
            $verdict.Passed | Should -BeTrue
            $verdict.Findings.What | Should -Contain $backup.Notes[0]
            $verdict.Findings.IsFailure | Should -Not -Contain $true
        }

        It 'makes them, counts them, and leaves scheduled jobs disabled' {
            $null = Disable-AsterisellJob pester-own
            $backup = Backup-AsterisellData pester-own -Destination $destination -RunApplicationBackup
            (Get-AsterisellStatus pester-own).Locks.CronLocked | Should -BeTrue
            $backup.Notes | Should -BeNullOrEmpty
            $jobs = (Get-OwnFiles $backup).jobs
            $jobs.waitingDays | Sort-Object -Unique | Should -Be 0
            ($jobs | Where-Object job -EQ BackupCDRS).comparedDays | Should -BeGreaterThan 20
            ($jobs | Where-Object job -EQ BackupSourceCDRS).comparedDays | Should -BeGreaterThan 20
            $null = Enable-AsterisellJob pester-own
        }

        It 'makes only its own jobs due, and lets scheduled jobs go on afterwards' {
            $before = Get-AsterisellJob pester-own | Where-Object { $_.Job -eq 'BackupOrganizationInfo' -and $_.Message -notlike '*not yet time*' }
            $null = Backup-AsterisellData pester-own -Destination $destination -RunApplicationBackup
            (Get-AsterisellStatus pester-own).Locks.CronLocked | Should -BeFalse
            (Get-AsterisellJob pester-own | Where-Object { $_.Job -eq 'BackupOrganizationInfo' -and $_.Message -notlike '*not yet time*' }).Count | Should -Be $before.Count
        }

        It 'finds what the application does not notice: a truncated dump, a day that is gone, calls that are lost, an empty undo point' {
            $null = Invoke-Own @"
truncate -s 3000 $folder/reports/reports.sql
rm "`$(find $folder/cdrs -name '*.csv' -size +0 | sort | head -1)"
sed -i '`$d' "`$(find $folder/source-cdrs -name '*.csv' -size +0 | sort | tail -1)"
mysql -uroot -pdb-password-of-pester-own pester-own -e "INSERT INTO ar_organization_backup_of_changes (backup_at_date, md5_sum, sql_tables) VALUES (NOW(), MD5(''), 'eJwDAAAAAAE=')"
"@
            $backup = Backup-AsterisellData pester-own -Destination $destination
            $said = $backup.Notes -join "`n"
            $said | Should -BeLike '*BackupReports: reports.sql is truncated*'
            $said | Should -BeLike '*BackupCDRS: 1 day with calls has no file or an empty one*'
            $said | Should -BeLike '*BackupSourceCDRS: 1 day of * compared holds another number of calls than the database*'
            $said | Should -BeLike '*BackupOrganizationInfo: 1 of 2 undo points are empty*'
            ($backup | Test-AsterisellBackup).Findings.Count | Should -BeGreaterOrEqual 4
        }

        It 'is not fooled by a job that is done and made nothing' {
            $null = Invoke-Lab fault local, pester-own, job-throws, on, BackupReports
            try {
                $backup = Backup-AsterisellData pester-own -Destination $destination -RunApplicationBackup -ErrorVariable failed -ErrorAction SilentlyContinue
                $failed.FullyQualifiedErrorId | Should -Be "OwnBackupNotMade,$errorClass"
                $failed[0].Exception.Message | Should -BeLike '*BackupReports did not write reports.sql*'
                $failed[0].Exception.Message | Should -Not -BeLike '*BackupCDRS*'
                $backup.State | Should -Be Complete
                (Get-AsterisellStatus pester-own).Locks.CronLocked | Should -BeFalse
            }
            finally { $null = Invoke-Lab fault local, pester-own, job-throws, off }
        }

        It 'is not begun while -WhatIf asks' {
            $jobs = (Get-AsterisellJob pester-own).Count
            $null = Backup-AsterisellData pester-own -Destination $destination -RunApplicationBackup -WhatIf
            (Get-AsterisellJob pester-own).Count | Should -Be $jobs
        }
    }
}
