BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.CopyAsterisellDataCommand'
    Start-LabInstance local/pester-from -Options --cdrs, 1000, --months, 2, --no-cron
    Start-LabInstance milan/pester-into -Options --cdrs, 50, --no-cron
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/pester-from, milan/pester-into
    $safety = Join-Path $TestDrive safety

    function Invoke-Sql([string] $Instance, [string] $Sql) {
        $name = ($Instance -split '/')[1]
        Invoke-LabDocker $Instance 'exec', $name, 'mysql', '-uroot', "-pdb-password-of-$name", '-N', '-e', $Sql, $name
    }
}
AfterAll { $env:ASTERISELL_INVENTORY = $null }

Describe 'Copy-AsterisellData' {
    It 'shows every step with -WhatIf and changes nothing' {
        $before = Invoke-Sql milan/pester-into 'CHECKSUM TABLE ar_cdr, ar_user'
        $shown = Invoke-FreshPowerShell @"
Import-Module '$(Get-ModulePath)'
Copy-AsterisellData pester-into -Source pester-from -Sanitize -SkipSafetyBackup -InventoryPath '$env:ASTERISELL_INVENTORY' -WhatIf
"@
        ($shown -join "`n") | Should -Match 'Read local/pester-from without changing it'
        ($shown -join "`n") | Should -Match 'Mask names, numbers, addresses and passwords'
        Invoke-Sql milan/pester-into 'CHECKSUM TABLE ar_cdr, ar_user' | Should -Be $before
    }

    It 'copies from one host to another, and backs up the present data first' {
        $calls = Invoke-Sql local/pester-from 'SELECT COUNT(*) FROM ar_cdr'
        $result = Get-AsterisellInstance pester-into | Copy-AsterisellData -Source local/pester-from -SafetyPath $safety -Force
        $result | Should -BeOfType Asterisell.CopyResult
        $result.Status | Should -Be Succeeded
        $result.Name | Should -Be pester-into
        $result.Source | Should -Be local/pester-from
        $result.CallCount | Should -Be $calls
        $result.Steps.Step | Should -Be Check, SafetyBackup, Load, Compare, Files, Exchange, Judge, UpgradeJobs, Caches
        Invoke-Sql milan/pester-into 'SELECT COUNT(*) FROM ar_cdr' | Should -Be $calls
        Invoke-Sql milan/pester-into 'SELECT email FROM ar_party WHERE id = 3' | Should -Be customer3@example.com
        (Get-AsterisellBackup pester-into -Destination $safety).Path | Should -Be $result.SafetyBackup
        ($result | Format-Table | Out-String -Width 120) | Should -Match 'local/pester-from'
        ($result | Format-List | Out-String) | Should -Match 'SourceMoment'
    }

    It 'masks with -Sanitize, the same with the same key, and leaves the jobs locked' {
        $key = ConvertTo-SecureString 'pester key' -AsPlainText -Force
        $names = foreach ($time in 1, 2) {
            $result = Copy-AsterisellData pester-into -Source pester-from -Sanitize -SanitizeKey $key -SkipSafetyBackup -Force
            $result.Sanitized.MaskedColumns | Should -Contain ar_party.email
            Invoke-Sql milan/pester-into 'SELECT CONCAT(name, email) FROM ar_party WHERE id = 3'
        }
        $names[0] | Should -Match '^Name-[0-9a-f]{12}[0-9a-f]{12}@masked\.invalid$'
        $names[1] | Should -Be $names[0]
        (Get-AsterisellStatus pester-into).Locks.CronLocked | Should -BeTrue
        ($result | Format-List | Out-String) | Should -Match 'columns in \d+ rows masked'
        Invoke-Sql local/pester-from 'SELECT email FROM ar_party WHERE id = 3' | Should -Be customer3@example.com
    }

    It 'refuses itself, files with -Sanitize, and a missing place for the safety backup' {
        Copy-AsterisellData pester-from -Source pester-from -SkipSafetyBackup -Force -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
        $failed.FullyQualifiedErrorId | Should -Be "CopyOntoItself,$errorClass"
        $result = Copy-AsterisellData pester-into -Source pester-from -Sanitize -Include Database, Uploads -SkipSafetyBackup -Force -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be "SanitizeDatabaseOnly,$errorClass"
        $failed.CategoryInfo.TargetName | Should -Be milan/pester-into
        $result.Status | Should -Be Failed
        Copy-AsterisellData pester-into -Source pester-from -Force -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
        $failed.FullyQualifiedErrorId | Should -Be "SafetyPathMissing,$errorClass"
        { Copy-AsterisellData pester-into -Source no-such -SkipSafetyBackup -Force } | Should -Throw -ErrorId "InstanceNotFound,$errorClass"
    }

    It 'refuses a column that no rule knows, unless it is allowed' {
        Invoke-Sql local/pester-from "ALTER TABLE ar_party ADD nickname VARCHAR(20) DEFAULT 'jo'"
        Copy-AsterisellData pester-into -Source pester-from -Sanitize -SkipSafetyBackup -Force -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
        $failed.FullyQualifiedErrorId | Should -Be "SanitizeColumnUnknown,$errorClass"
        $result = Copy-AsterisellData pester-into -Source pester-from -Sanitize -AllowUnknownColumn ar_party.nick* -SkipSafetyBackup -Force
        $result.Sanitized.AllowedColumns | Should -Be ar_party.nickname
        Invoke-Sql local/pester-from 'ALTER TABLE ar_party DROP nickname'
    }

    It 'ends after Ctrl+C with the data from before' {
        $before = Invoke-Sql milan/pester-into 'CHECKSUM TABLE ar_user, ar_party'
        $stopped = Measure-Stop -After ([timespan]::FromSeconds(3)) -Arguments $env:ASTERISELL_INVENTORY -Script {
            param($inventory)
            while ($true) { Copy-AsterisellData pester-into -Source pester-from -Sanitize -InventoryPath $inventory -SkipSafetyBackup -Force }
        }
        $stopped.State | Should -Be Stopped
        $null = Restore-AsterisellData pester-into -Recover -Force
        Invoke-Sql milan/pester-into 'SELECT COUNT(*) FROM ar_cdr' | Should -Be (Invoke-Sql local/pester-from 'SELECT COUNT(*) FROM ar_cdr')
        Invoke-Sql milan/pester-into "SELECT COUNT(*) FROM ar_party WHERE email LIKE '%@example.com'" | Should -Be 0
        Invoke-Sql milan/pester-into "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE '%\_\_%'" | Should -Be 0
    }
}
