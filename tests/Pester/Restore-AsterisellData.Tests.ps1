BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.RestoreAsterisellDataCommand'
    Start-LabInstance local/pester-restore -Options --cdrs, 500, --months, 2, --no-cron
    Start-LabInstance local/pester-other -Options --no-data, --no-cron
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/pester-restore, local/pester-other
    $destination = Join-Path $TestDrive backups
    $backup = Backup-AsterisellData pester-restore -Destination $destination

    function Invoke-Sql([string] $Name, [string] $Sql) {
        Invoke-LabDocker local/x 'exec', $Name, 'mysql', '-uroot', "-pdb-password-of-$Name", '-N', '-e', $Sql, $Name
    }
}
AfterAll { $env:ASTERISELL_INVENTORY = $null }

Describe 'Restore-AsterisellData' {
    It 'shows every step with -WhatIf and changes nothing' {
        $shown = Invoke-FreshPowerShell @"
Import-Module '$(Get-ModulePath)'
Restore-AsterisellData pester-restore -InventoryPath '$env:ASTERISELL_INVENTORY' -Destination '$destination' -WhatIf
"@
        ($shown -join "`n") | Should -Match 'Load the database beside the present one'
        (Get-AsterisellBackup -Destination $destination).Count | Should -Be 1
    }

    It 'restores what Get-AsterisellBackup gives, and backs up the present data first' {
        Invoke-Sql pester-restore 'DELETE FROM ar_cdr; DROP TRIGGER compile_rate_trigger'
        $result = Get-AsterisellBackup pester-restore -Destination $destination | Restore-AsterisellData -Force
        $result | Should -BeOfType Asterisell.RestoreResult
        $result.Status | Should -Be Succeeded
        $result.SnapshotId | Should -Be $backup.SnapshotId
        $result.CallCount | Should -Be $backup.CallCount
        $result.Replaced | Should -Be ([Asterisell.RestoreContent] 'Database, Uploads')
        $result.Steps.Step | Should -Be Check, SafetyBackup, Load, Compare, Files, Exchange, Judge, UpgradeJobs, Caches
        Invoke-Sql pester-restore 'SELECT COUNT(*) FROM ar_cdr' | Should -Be $backup.CallCount
        Invoke-Sql pester-restore "SELECT COUNT(*) FROM information_schema.TRIGGERS WHERE TRIGGER_NAME = 'compile_rate_trigger'" | Should -Be 1
        (Get-AsterisellBackup pester-restore -Destination $destination -Latest).Path | Should -Be $result.SafetyBackup
        ($result | Format-Table | Out-String -Width 120) | Should -Match 'Succeeded'
        ($result | Format-List | Out-String) | Should -Match 'SafetyBackup'
    }

    It 'takes the newest backup that is not younger than -At' {
        $result = Restore-AsterisellData pester-restore -Destination $destination -At $backup.CreatedAt.AddMilliseconds(1) -Table ar_rate -SkipSafetyBackup -Force
        $result.SnapshotId | Should -Be $backup.SnapshotId
        $result.SafetyBackup | Should -BeNullOrEmpty
        Restore-AsterisellData pester-restore -Destination $destination -At $backup.CreatedAt.AddDays(-1) -Force -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
        $failed.FullyQualifiedErrorId | Should -Be "RestoreBackupNotFound,$errorClass"
    }

    It 'restores single tables and leaves the others' {
        Invoke-Sql pester-restore "UPDATE ar_rate SET short_description = 'changed'; UPDATE ar_user SET login = CONCAT('x', login)"
        $result = $backup | Restore-AsterisellData -Table ar_rate -SkipSafetyBackup -Force
        $result.TableCount | Should -Be 1
        $result.Replaced | Should -Be Table
        Invoke-Sql pester-restore "SELECT COUNT(*) FROM ar_rate WHERE short_description = 'changed'" | Should -Be 0
        Invoke-Sql pester-restore "SELECT COUNT(*) FROM ar_user WHERE login NOT LIKE 'x%'" | Should -Be 0
        $backup | Restore-AsterisellData -Table no_such -SkipSafetyBackup -Force -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
        $failed.FullyQualifiedErrorId | Should -Be "RestoreTableNotInBackup,$errorClass"
        { $backup | Restore-AsterisellData -Include Table -Force } | Should -Throw -ErrorId "RestoreTableUnnamed,$errorClass"
    }

    It 'restores into another instance, which keeps its own database user' {
        $result = Restore-AsterisellData pester-restore -As pester-other -Destination $destination -At $backup.CreatedAt.AddMilliseconds(1) -SkipSafetyBackup -Force
        $result.Name | Should -Be pester-other
        $result.Status | Should -Be Succeeded
        Invoke-Sql pester-other 'SELECT COUNT(*) FROM ar_cdr' | Should -Be $backup.CallCount
        Invoke-Sql pester-other 'SELECT DISTINCT DEFINER FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()' | Should -Be 'pester-other@localhost'
        (Get-AsterisellStatus pester-other).Web.Customer.Answers | Should -BeTrue
    }

    It 'refuses a damaged backup before it touches anything' {
        $copy = Join-Path $TestDrive damaged
        Copy-Item $destination $copy -Recurse
        $damaged = Get-AsterisellBackup pester-restore -Destination $copy | Where-Object SnapshotId -EQ $backup.SnapshotId
        $piece = Get-ChildItem (Join-Path $damaged.Path database) -Filter *.gz | Sort-Object Length | Select-Object -Last 1
        $bytes = [IO.File]::ReadAllBytes($piece.FullName); $bytes[$bytes.Length / 2] = $bytes[$bytes.Length / 2] -bxor 1; [IO.File]::WriteAllBytes($piece.FullName, $bytes)
        $before = Invoke-Sql pester-restore 'SELECT COUNT(*) FROM ar_cdr'
        $result = $damaged | Restore-AsterisellData -Force -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be "RestoreBackupDamaged,$errorClass"
        $failed.CategoryInfo.TargetName | Should -Be local/pester-restore
        $result.Status | Should -Be Failed
        $result.Steps.Step | Should -Be Check
        Invoke-Sql pester-restore 'SELECT COUNT(*) FROM ar_cdr' | Should -Be $before
    }

    It 'refuses two backups for one instance' {
        $backup, (Get-AsterisellBackup pester-restore -Destination $destination -Latest) |
            Restore-AsterisellData -Force -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
        $failed.FullyQualifiedErrorId | Should -Be "RestoreSourceAmbiguous,$errorClass"
    }

    It 'has nothing to put back where no restore was killed' {
        (Restore-AsterisellData pester-restore -Recover -Force).Status | Should -Be Unchanged
    }

    It 'ends after Ctrl+C with the data from before, and unlocked' {
        $before = Invoke-Sql pester-restore 'CHECKSUM TABLE ar_cdr, ar_user, ar_rate'
        $stopped = Measure-Stop -After ([timespan]::FromSeconds(6)) -Arguments $env:ASTERISELL_INVENTORY, $backup.Path -Script {
            param($inventory, $path)
            while ($true) { Get-AsterisellBackup pester-restore -Destination ([IO.Path]::GetFullPath("$path/../../..")) | Select-Object -First 1 | Restore-AsterisellData -InventoryPath $inventory -SkipSafetyBackup -Force }
        }
        $stopped.State | Should -Be Stopped
        $null = Restore-AsterisellData pester-restore -Recover -Force
        Invoke-Sql pester-restore 'SELECT COUNT(*) FROM ar_cdr' | Should -Be $backup.CallCount
        Invoke-Sql pester-restore "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE '%\_\_%'" | Should -Be 0
        (Get-AsterisellStatus pester-restore).Locks.CronLocked | Should -BeFalse
    }
}
