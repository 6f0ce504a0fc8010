# Restore-AsterisellData -FromApplicationBackup: the application's own files, in the place of data restore.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.RestoreAsterisellDataCommand'
    Start-LabInstance local/pester-files -Options --cdrs, 500, --months, 2, --no-cron, --fault, any-time
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/pester-files
    $safety = Join-Path $TestDrive safety
    $snapshot = Backup-AsterisellData pester-files -Destination $safety -RunApplicationBackup

    function Invoke-Sql([string] $Sql) {
        Invoke-LabDocker local/x 'exec', 'pester-files', 'mysql', '-uroot', '-pdb-password-of-pester-files', '-N', '-e', $Sql, 'pester-files'
    }
    function Invoke-InFiles([string] $Script) {
        Invoke-LabDocker local/x 'exec', 'pester-files', 'bash', '-ec', "cd /var/www/pester-files/admin/data_files/messages/backup; $Script"
    }
    $calls = Invoke-Sql 'SELECT COUNT(*) FROM ar_cdr'
}
AfterAll { $env:ASTERISELL_INVENTORY = $null }

Describe 'Restore-AsterisellData -FromApplicationBackup' {
    It 'shows every step with -WhatIf and changes nothing' {
        $shown = Invoke-FreshPowerShell @"
Import-Module '$(Get-ModulePath)'
Restore-AsterisellData pester-files -FromApplicationBackup -InventoryPath '$env:ASTERISELL_INVENTORY' -SafetyPath '$safety' -WhatIf
"@
        ($shown -join "`n") | Should -Match 'compare calls of every day'
        (Get-AsterisellBackup -Destination $safety).Count | Should -Be 1
    }

    It 'refuses an empty dump that data restore would load, before anything is changed' {
        Invoke-InFiles 'cp reports/reports.sql /tmp/; : > reports/reports.sql'
        $result = Restore-AsterisellData pester-files -FromApplicationBackup -SafetyPath $safety -Force -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be "ApplicationBackupDamaged,$errorClass"
        $failed.CategoryInfo.TargetName | Should -Be local/pester-files
        $failed.Exception.Message | Should -Match 'reports.sql is empty'
        $result.Status | Should -Be Failed
        $result.Steps.Step | Should -Be Check
        (Get-AsterisellBackup -Destination $safety).Count | Should -Be 1
        Invoke-InFiles 'cp /tmp/reports.sql reports/'
    }

    It 'restores what the jobs of the instance wrote, and tells which days differ from before' {
        Invoke-Sql 'DELETE FROM ar_cdr LIMIT 10; DROP PROCEDURE schedule_rerating'
        $result = Restore-AsterisellData pester-files -FromApplicationBackup -SafetyPath $safety -Force
        $result.Status | Should -Be Succeeded
        $result.CallCount | Should -Be $calls
        $result.Steps.Step | Should -Be Check, SafetyBackup, Load, Compare, Exchange, Judge, UpgradeJobs, Caches
        $result.Notes -match '^ar_cdr: \d+ days? ' | Should -HaveCount 1
        $result.SafetyBackup | Should -Exist
        Invoke-Sql 'SELECT COUNT(*) FROM ar_cdr' | Should -Be $calls
        Invoke-Sql "SELECT COUNT(*) FROM information_schema.ROUTINES WHERE ROUTINE_NAME = 'schedule_rerating'" | Should -Be 1
        (Get-AsterisellStatus pester-files).Locks.WebLocked | Should -BeFalse
        ($result | Format-List | Out-String) | Should -Match 'of the application|own backup'
    }

    It 'takes the copies of a snapshot where the files are gone' {
        Invoke-InFiles 'rm -r cdrs'
        Restore-AsterisellData pester-files -FromApplicationBackup -SkipSafetyBackup -Force -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
        $failed.Exception.Message | Should -Match 'the folder cdrs is missing'
        $result = $snapshot | Restore-AsterisellData -FromApplicationBackup -SkipSafetyBackup -Force
        $result.CallCount | Should -Be $calls
        $result.SnapshotId | Should -Be $snapshot.SnapshotId
    }

    It 'is the whole database and nothing else' {
        { $snapshot | Restore-AsterisellData -FromApplicationBackup -Table ar_rate -Force } | Should -Throw -ErrorId "ApplicationBackupIsDatabase,$errorClass"
    }
}
