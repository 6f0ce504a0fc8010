BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.RestoreAsterisellUndoCommand'
    Start-LabInstance local/pester-redo -Options --no-cron, --cdrs, 200, --months, 1
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/pester-redo
    $null = Invoke-Lab data local, pester-redo, --history, '2'
    function Invoke-Sql([string] $Statement) {
        Invoke-LabDocker local/pester-redo 'exec', 'pester-redo', 'mysql', '-uroot', '-pdb-password-of-pester-redo', '--default-character-set=utf8mb4', 'pester-redo', '-Ne', $Statement
    }
    $tables = 'ar_user', 'ar_party', 'ar_organization_unit', 'ar_organization_unit_type', 'ar_organization_unit_has_structure', 'ar_user_has_role', 'ar_user_has_permission', 'ar_itc_organizations'
    function Get-State { Invoke-Sql (($tables | ForEach-Object { "CHECKSUM TABLE $_;" }) -join ' ') }
    $safe = Join-Path $TestDrive safe
    $first = Get-State
    $report = 'SELECT * FROM ar_user_can_view_report; SELECT ar_user_id, ar_report_id FROM ar_report_to_read'
    $reports = Invoke-Sql $report
}
AfterAll { $env:ASTERISELL_INVENTORY = $null }

Describe 'Restore-AsterisellUndo' {
    It 'shows each step with -WhatIf and changes nothing' {
        Restore-AsterisellUndo pester-redo -Id 1 -Destination $safe -WhatIf | Should -BeNullOrEmpty
        Get-State | Should -Be $first
        Test-Path $safe | Should -BeFalse
    }

    It 'brings back customers, users and what they may do, and touches nothing else' {
        Invoke-Sql "UPDATE ar_party SET name = 'Söhne \'quoted\' \\\\ 東京' WHERE id = 3; INSERT INTO ar_user (id, login, password) VALUES (77, 'intruder', 'x'); INSERT INTO ar_user_has_role VALUES (77, 1); DELETE FROM ar_organization_unit_has_structure WHERE id > 30"
        $wrong = Get-State
        $result = Restore-AsterisellUndo pester-redo -Id 2 -Destination $safe -Force
        $result | Should -BeOfType Asterisell.UndoResult
        $result.Status | Should -Be Succeeded
        $result.Changes | Should -BeLike 'user: 1 removed; party: 1 changed; organization_unit_has_structure: * added; user_has_role: 1 removed'
        Get-State | Should -Be $first
        Invoke-Sql $report | Should -Be $reports -Because 'the cascades of the application must not fire for users that stay'

        # Saved: as a file, and as a point that the application itself would have made.
        $result.SavedTo | Should -Exist
        if (-not $IsWindows) { (Get-Item $result.SavedTo).UnixMode | Should -Be '-rw-------' }
        (Get-FileHash $result.SavedTo -Algorithm MD5).Hash | Should -Be (Invoke-Sql "SELECT UPPER(md5_sum) FROM ar_organization_backup_of_changes WHERE id = $($result.SavedId)")
        $back = Get-AsterisellUndo pester-redo -Kind Organizations -Id $result.SavedId | Restore-AsterisellUndo -Destination $safe -Force
        $back.Status | Should -Be Succeeded
        Get-State | Should -Be $wrong
        (Restore-AsterisellUndo pester-redo -Id 2 -Destination $safe -Force).Status | Should -Be Succeeded
        Get-State | Should -Be $first
    }

    It 'has calls rated again, and says from when' {
        $null = Invoke-AsterisellJob pester-redo
        $result = Restore-AsterisellUndo pester-redo -Id 1 -Destination $safe -Force -RerateFrom 2026-06-01
        $result.RerateFrom | Should -Be ([datetime]'2026-06-01')
        Invoke-Sql 'SELECT scheduled_rerate_from_specific_calldate FROM ar_params WHERE is_default = 1' | Should -Be '2026-06-01 00:00:00'
        (Invoke-AsterisellJob pester-redo).Status | Should -Be Succeeded
        Invoke-Sql 'SELECT COALESCE(scheduled_rerate_from_specific_calldate, 0) FROM ar_params WHERE is_default = 1' | Should -Be '0'
    }

    It 'changes nothing where it is so already, and leaves scheduled jobs disabled' {
        $null = Disable-AsterisellJob pester-redo
        $files = @(Get-ChildItem $safe).Count
        (Restore-AsterisellUndo pester-redo -Id 1 -Destination $safe -Force).Status | Should -Be Unchanged
        @(Get-ChildItem $safe).Count | Should -Be $files
        (Get-AsterisellStatus pester-redo).Locks.CronLocked | Should -BeTrue
        $null = Enable-AsterisellJob pester-redo
    }

    It 'refuses a point that is damaged or of another schema, before anything is changed' {
        Invoke-Sql @"
INSERT INTO ar_organization_backup_of_changes (id, backup_at_date, md5_sum, sql_tables) SELECT 93, NOW(), md5_sum, LEFT(sql_tables, 400) FROM ar_organization_backup_of_changes WHERE id = 1;
INSERT INTO ar_organization_backup_of_changes (id, backup_at_date, md5_sum, sql_tables) VALUES (94, NOW(), MD5(''), 'eJwDAAAAAAE=');
ALTER TABLE ar_itc_organizations ADD COLUMN added INT; INSERT INTO ar_itc_organizations (id, name) VALUES (1, 'x');
"@
        $before = Get-State
        foreach ($id in 93, 94) {
            (Restore-AsterisellUndo pester-redo -Id $id -Destination $safe -Force -ErrorVariable failed -ErrorAction SilentlyContinue).Status | Should -Be Failed
            $failed.FullyQualifiedErrorId | Should -Be "UndoPointDamaged,$errorClass"
        }
        Invoke-LabDocker local/pester-redo 'exec', '-w', '/var/www/pester-redo/admin', 'pester-redo', 'bash', '-c', 'lab-data --history 1; mysql -uroot -pdb-password-of-pester-redo pester-redo -e "ALTER TABLE ar_itc_organizations DROP COLUMN added"' | Out-Null
        $other = Invoke-Sql 'SELECT MAX(id) FROM ar_organization_backup_of_changes'
        $before = Get-State
        Restore-AsterisellUndo pester-redo -Id $other -Destination $safe -Force -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
        $failed.FullyQualifiedErrorId | Should -Be "UndoPointDamaged,$errorClass"
        $failed[0].Exception.Message | Should -BeLike '*ar_itc_organizations had 7 columns then and has 6 now*'
        Get-State | Should -Be $before
        Invoke-Sql "DELETE FROM ar_organization_backup_of_changes WHERE id > 90; DELETE FROM ar_itc_organizations"
    }

    It 'leaves everything as it was where the database refuses' {
        Invoke-Sql "CREATE TRIGGER refuse BEFORE UPDATE ON ar_party FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not today'"
        try {
            $before = Get-State
            Restore-AsterisellUndo pester-redo -Id 2 -Destination $safe -Force -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
            $failed.FullyQualifiedErrorId | Should -Be "UndoNotApplied,$errorClass"
            $failed[0].Exception.Message | Should -BeLike '*not today*'
            Get-State | Should -Be $before
            (Get-AsterisellStatus pester-redo).Locks.CronLocked | Should -BeFalse
        }
        finally { Invoke-Sql 'DROP TRIGGER refuse' }
    }

    It 'puts the state before back where the tables are not what they should be afterwards' {
        $code = Invoke-Sql "SELECT external_crm_code FROM ar_party WHERE id = 1"
        Invoke-Sql "CREATE TRIGGER spoil BEFORE UPDATE ON ar_party FOR EACH ROW SET NEW.vat = IF(NEW.external_crm_code = '$code', NEW.vat, 'spoilt')"
        try {
            $before = Get-State
            Restore-AsterisellUndo pester-redo -Id 2 -Destination $safe -Force -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
            $failed.FullyQualifiedErrorId | Should -Be "UndoPutBack,$errorClass"
            Get-State | Should -Be $before
        }
        finally { Invoke-Sql 'DROP TRIGGER spoil' }
    }

    It 'waits for jobs as long as told, and stops waiting at Ctrl+C' {
        $null = Invoke-Lab fault local, pester-redo, long-job, on, 300
        $null = Invoke-LabDocker local/pester-redo 'exec', '-d', '-w', '/var/www/pester-redo/admin', 'pester-redo', 'php', 'asterisell.php', 'run', 'jobs'
        $null = Invoke-LabDocker local/pester-redo 'exec', 'pester-redo', 'sh', '-c', 'until test -e /run/asterisell-lab/long-job; do sleep 0.1; done'
        try {
            $before = Get-State
            Restore-AsterisellUndo pester-redo -Id 2 -Destination $safe -Force -DrainTimeoutSec 0 -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
            $failed.FullyQualifiedErrorId | Should -Be "JobsStillRunning,$errorClass"
            $stopped = Measure-Stop -After ([timespan]::FromSeconds(2)) -Arguments $env:ASTERISELL_INVENTORY, $safe -Script {
                param($inventory, $safe)
                Restore-AsterisellUndo pester-redo -Id 2 -InventoryPath $inventory -Destination $safe -Force
            }
            $stopped.State | Should -Be Stopped
            $stopped.Elapsed.TotalSeconds | Should -BeLessThan 4
            (Get-AsterisellStatus pester-redo).Locks.CronLocked | Should -BeFalse
            Get-State | Should -Be $before
        }
        finally {
            $null = Invoke-Lab fault local, pester-redo, long-job, off
            $null = Wait-AsterisellInstance pester-redo -For JobsIdle
        }
    }

    It 'swaps the two versions of rates, and back' {
        $before = Invoke-Sql 'SELECT id, MD5(source_data_file), MD5(backup_source_data_file) FROM ar_rate WHERE id < 3'
        $results = Get-AsterisellUndo pester-redo -Kind Rate | Restore-AsterisellUndo -Destination $safe -Force
        $results.Status | Should -Be Succeeded, Succeeded
        Invoke-Sql 'SELECT id, MD5(backup_source_data_file), MD5(source_data_file) FROM ar_rate WHERE id < 3' | Should -Be $before
        Invoke-Sql 'SELECT was_compiled FROM ar_rate WHERE id = 1' | Should -Be 0
        $results[0].RerateFrom | Should -Be ([datetime]'2015-01-01')
        Get-Content $results[0].SavedTo -Raw | Should -Match 'set-cost-for-minute: 0.0200'
        (Restore-AsterisellUndo pester-redo -Kind Rate -Id 1 -Destination $safe -Force).Changes | Should -Be 'lines: 1 added, 1 removed'
        $null = Restore-AsterisellUndo pester-redo -Kind Rate -Id 2 -Destination $safe -Force
        Invoke-Sql 'SELECT id, MD5(source_data_file), MD5(backup_source_data_file) FROM ar_rate WHERE id < 3' | Should -Be $before
    }

    It 'has rates rated again also where the trigger is missing' {
        Invoke-Sql 'DROP TRIGGER compile_rate_trigger; UPDATE ar_params SET scheduled_rerate_from_specific_calldate = NULL'
        $result = Restore-AsterisellUndo pester-redo -Kind Rate -Id 1 -Destination $safe -Force
        $result.RerateFrom | Should -Be ([datetime]'2015-01-01')
        Invoke-Sql 'SELECT was_compiled FROM ar_rate WHERE id = 1' | Should -Be 0
    }

    It 'takes one point of organizations, and only one that is there' {
        Get-AsterisellUndo pester-redo -Kind Organizations | Restore-AsterisellUndo -Destination $safe -Force -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -Be "UndoPointAmbiguous,$errorClass"
        Restore-AsterisellUndo pester-redo -Kind Rate -Id 3 -Force -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
        $failed.FullyQualifiedErrorId | Should -Be "UndoPointNotFound,$errorClass"
    }
}
