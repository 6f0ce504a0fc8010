BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.GetAsterisellUndoCommand'
    Start-LabInstance local/pester-undo -Options --no-cron, --cdrs, 200, --months, 1
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/pester-undo
    $null = Invoke-Lab data local, pester-undo, --history, '3'
    function Invoke-Sql([string] $Statement) {
        Invoke-LabDocker local/pester-undo 'exec', 'pester-undo', 'mysql', '-uroot', '-pdb-password-of-pester-undo', '--default-character-set=utf8mb4', 'pester-undo', '-Ne', $Statement
    }
}
AfterAll { $env:ASTERISELL_INVENTORY = $null }

Describe 'Get-AsterisellUndo' {
    It 'lists organizations, the newest first, and previous versions of rates' {
        $points = Get-AsterisellUndo pester-undo
        $points | Should -BeOfType Asterisell.AsterisellUndo
        $organizations = $points | Where-Object Kind -EQ Organizations
        $organizations.Id | Should -Be 3, 2, 1
        $organizations.State | Sort-Object -Unique | Should -Be Whole
        $organizations.IsCurrent | Should -Be $true, $false, $false
        $organizations.Changes | Should -Be 'party: 1 changed', 'party: 1 changed', ''
        $organizations[0].ApplicationVersion | Should -Be Asterisell-5.8
        $rates = $points | Where-Object Kind -EQ Rate
        $rates.Rate | Should -Be main, vendor-prices
        $rates[0].Changes | Should -Be 'lines: 1 added, 1 removed'
    }

    It 'says when they were saved, in the zone of the instance' {
        $point = Get-AsterisellUndo pester-undo -Kind Organizations -First 1
        @($point).Count | Should -Be 1
        $point.SavedAt.Offset | Should -Be ([timezoneinfo]::FindSystemTimeZoneById('Europe/Rome').GetUtcOffset($point.SavedAt))
        ([datetimeoffset]::UtcNow - $point.SavedAt).TotalMinutes | Should -BeLessThan 10
        $point.Changes | Should -Be 'party: 1 changed' -Because 'the state before it is read too'
    }

    It 'ends without an error where enough was seen' {
        $point = Get-AsterisellUndo pester-undo -ErrorVariable failed -ErrorAction SilentlyContinue | Select-Object -First 1
        $point.Id | Should -Be 3
        $failed | Should -BeNullOrEmpty
    }

    It 'fits its table into 80 columns' {
        $text = Get-AsterisellUndo pester-undo | Format-Table | Out-String -Width 80
        $text | Should -Match 'Organizations +3 20\d\d-\d\d-\d\d \d\d:\d\d \+0\d:00 +Current +party: 1 changed'
        $text | Should -Match 'Rate +1 main +Whole +lines: 1 added'
    }

    It 'shows what a restore would change' {
        Invoke-Sql "UPDATE ar_user SET password = CONCAT('`$2y`$10`$', REPEAT('a', 53)) WHERE login = 'jane'; INSERT INTO ar_user (id, login, password) VALUES (77, 'new', 'x')"
        $diff = (Get-AsterisellUndo pester-undo -Kind Organizations -Id 2 -Diff).Diff
        $diff | Should -Match '(?m)^--- organizations now\n\+\+\+ organizations 2$'
        $diff | Should -Match '(?m)^-  external_crm_code: crm-\d+\n\+  external_crm_code: crm-\d+$'
        $diff | Should -Match '(?m)^@@ id=1 @@\n-external_crm_code: crm-\d+\n\+external_crm_code: crm-\d+$'
        $diff | Should -Match '(?m)^@@ id=77 @@\n(-.*\n)*-login: new$'
        $diff | Should -Match '(?m)^@@ id=2 @@\n-password: \*+\n\+password: \*+$'
        $diff | Should -Not -Match ([regex]::Escape('$2y$'))
        Invoke-Sql "DELETE FROM ar_user WHERE id = 77"
    }

    It 'shows a rate the same way, and nothing where nothing differs' {
        $rate = Get-AsterisellUndo pester-undo -Kind Rate -Id 1 -Diff
        $rate.Diff | Should -Be "--- rate main in force`n+++ rate main previous`n@@ -1,4 +1,4 @@`n rate {`n   id: default`n-  set-cost-for-minute: 0.0200`n+  set-cost-for-minute: 0.0250`n }`n"
    }

    It 'writes them to files for nobody else' {
        $folder = Join-Path $TestDrive export
        $files = (Get-AsterisellUndo pester-undo -Id 2 -Destination $folder).Files
        ($files | Split-Path -Leaf | Sort-Object) | Should -Be local-pester-undo-organizations-2.sql, local-pester-undo-organizations-2.yaml, local-pester-undo-rate-2-vendor-prices.txt
        $sql = $files | Where-Object { $_ -like '*.sql' }
        (Get-Content $sql)[-1] | Should -Be '-- Dump completed'
        (Get-FileHash $sql -Algorithm MD5).Hash | Should -Be (Invoke-Sql 'SELECT UPPER(md5_sum) FROM ar_organization_backup_of_changes WHERE id = 2')
        Get-Content ($files | Where-Object { $_ -like '*.yaml' }) -Raw | Should -Match 'organizations:'
        if (-not $IsWindows) { (Get-Item $sql).UnixMode | Should -Be '-rw-------' }
    }

    It 'names points that hold nothing, or not what was saved' {
        Invoke-Sql @"
INSERT INTO ar_organization_backup_of_changes (id, backup_at_date, md5_sum, sql_tables) VALUES (11, NOW(), MD5(''), 'eJwDAAAAAAE='), (12, NOW(), NULL, NULL);
INSERT INTO ar_organization_backup_of_changes (id, backup_at_date, md5_sum, sql_tables) SELECT 13, NOW(), md5_sum, LEFT(sql_tables, 400) FROM ar_organization_backup_of_changes WHERE id = 1;
INSERT INTO ar_organization_backup_of_changes (id, backup_at_date, md5_sum, sql_tables) SELECT 14, NOW(), MD5('other'), sql_tables FROM ar_organization_backup_of_changes WHERE id = 1;
INSERT INTO ar_organization_backup_of_changes (id, backup_at_date, md5_sum, sql_tables) VALUES (15, NOW(), NULL, '%%%%');
"@
        $points = Get-AsterisellUndo pester-undo -Kind Organizations -First 5
        $points.Id | Should -Be 15, 14, 13, 12, 11
        $points.State | Should -Be Damaged, Damaged, Damaged, Empty, Empty
        $points[1].Reason | Should -BeLike '*not what was saved*'
        $points[0].Reason | Should -Be 'it is not base64'
        ($points | Format-Table | Out-String -Width 120) | Should -Match 'it is empty'
        Invoke-Sql 'DELETE FROM ar_organization_backup_of_changes WHERE id > 10'
    }

    It 'says that there is no such point, on no such instance' {
        Get-AsterisellUndo pester-undo -Id 99 -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -Be "UndoPointNotFound,$errorClass"
    }

    It 'changes nothing' {
        $before = Invoke-Sql 'SELECT COUNT(*) FROM ar_job_queue; SELECT COUNT(*) FROM ar_organization_backup_of_changes; SELECT * FROM ar_lock'
        $null = Get-AsterisellUndo pester-undo -Diff
        Invoke-Sql 'SELECT COUNT(*) FROM ar_job_queue; SELECT COUNT(*) FROM ar_organization_backup_of_changes; SELECT * FROM ar_lock' | Should -Be $before
    }
}
