BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.ImportAsterisellDataCommand'
    Start-LabInstance local/pester-out -Options --cdrs, 400, --months, 2, --no-cron
    Start-LabInstance local/pester-in -Options --cdrs, 20, --no-cron
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/pester-out, local/pester-in
    $passphrase = ConvertTo-SecureString 'a long passphrase' -AsPlainText -Force
    $file = (Export-AsterisellData pester-out -Path (Join-Path $TestDrive out.tar.gpg) -Passphrase $passphrase).Path

    function Invoke-Sql([string] $Name, [string] $Sql) {
        Invoke-LabDocker local/x 'exec', $Name, 'mysql', '-uroot', "-pdb-password-of-$Name", '-N', '-e', $Sql, $Name
    }
}
AfterAll { $env:ASTERISELL_INVENTORY = $null }

Describe 'Import-AsterisellData' {
    It 'shows every step with -WhatIf and changes nothing' {
        $before = Invoke-Sql pester-in 'CHECKSUM TABLE ar_cdr, ar_user'
        $shown = Invoke-FreshPowerShell @"
Import-Module '$(Get-ModulePath)'
Import-AsterisellData pester-in -Path '$file' -SkipSafetyBackup -InventoryPath '$env:ASTERISELL_INVENTORY' -WhatIf
"@
        ($shown -join "`n") | Should -Match 'Read the whole file'
        Invoke-Sql pester-in 'CHECKSUM TABLE ar_cdr, ar_user' | Should -Be $before
    }

    It 'refuses what is not whole before it touches anything: <What>' -ForEach @(
        @{ What = 'no passphrase'; Id = 'ImportPassphraseMissing' }
        @{ What = 'another passphrase'; Id = 'ImportPassphraseWrong' }
        @{ What = 'a changed byte'; Id = 'ImportFileDamaged' }
        @{ What = 'a cut file'; Id = 'ImportFileDamaged' }
        @{ What = 'something else'; Id = 'ImportFileDamaged' }
        @{ What = 'nothing'; Id = 'ImportFileNotFound' }
        @{ What = 'a tar that climbs'; Id = 'ImportFileDamaged' }
    ) {
        $bytes = [IO.File]::ReadAllBytes($file)
        $bad = Join-Path $TestDrive "bad-$($What -replace ' ', '-')"
        $with = @{ Passphrase = $passphrase }
        switch ($What) {
            'no passphrase' { $bad = $file; $with = @{} }
            'another passphrase' { $bad = $file; $with = @{ Passphrase = ConvertTo-SecureString other -AsPlainText -Force } }
            'a changed byte' { $bytes[$bytes.Length / 2] = $bytes[$bytes.Length / 2] -bxor 1; [IO.File]::WriteAllBytes($bad, $bytes) }
            'a cut file' { [IO.File]::WriteAllBytes($bad, $bytes[0..($bytes.Length - 2)]) }
            'something else' { Set-Content $bad 'hello' }
            'a tar that climbs' { $null = New-Item (Join-Path $TestDrive climb) -ItemType Directory -Force; Set-Content (Join-Path $TestDrive climb/x) x; tar -cPf $bad -C (Join-Path $TestDrive climb) --transform 's,^x,local/a/20260101T000000Z/../../../../climbed,' x }
        }
        $before = Invoke-Sql pester-in 'CHECKSUM TABLE ar_cdr, ar_user'
        $result = Import-AsterisellData pester-in -Path $bad @with -SkipSafetyBackup -Force -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be "$Id,$errorClass"
        $failed.Exception.Message | Should -Not -Match 'a long passphrase'
        $result.Status | Should -Be Failed
        Invoke-Sql pester-in 'CHECKSUM TABLE ar_cdr, ar_user' | Should -Be $before
        (Get-AsterisellStatus pester-in).Locks.WebLocked | Should -BeFalse
    }

    It 'brings the data of another instance in, after a backup of the present ones' {
        $safety = Join-Path $TestDrive safety
        $result = Import-AsterisellData pester-in -Path $file -Passphrase $passphrase -SafetyPath $safety -Force
        $result | Should -BeOfType Asterisell.CopyResult
        $result.Status | Should -Be Succeeded
        $result.Operation | Should -Be Import
        $result.Source | Should -Be $file
        $result.Steps.Step | Should -Be Check, SafetyBackup, Load, Compare, Files, Exchange, Judge, UpgradeJobs, Caches
        Invoke-Sql pester-in 'SELECT COUNT(*) FROM ar_cdr' | Should -Be (Invoke-Sql pester-out 'SELECT COUNT(*) FROM ar_cdr')
        Invoke-Sql pester-in 'SELECT DISTINCT DEFINER FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()' | Should -Be 'pester-in@localhost'
        (Get-AsterisellBackup pester-in -Destination $safety).Path | Should -Be $result.SafetyBackup
    }

    It 'takes the database alone from a masked export' {
        $masked = (Export-AsterisellData pester-out -Path (Join-Path $TestDrive masked.tar) -Sanitize).Path
        Import-AsterisellData pester-in -Path $masked -Include Configuration -SkipSafetyBackup -Force -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
        $failed.FullyQualifiedErrorId | Should -Be "ImportHasDatabaseOnly,$errorClass"
        $result = Import-AsterisellData pester-in -Path $masked -SkipSafetyBackup -Force
        $result.Status | Should -Be Succeeded
        $result.Replaced | Should -Be Database
        Invoke-Sql pester-in "SELECT COUNT(*) FROM ar_party WHERE email LIKE '%@masked.invalid'" | Should -BeGreaterThan 0
    }

    It 'masks with -Sanitize' {
        $result = Import-AsterisellData pester-in -Path $file -Passphrase $passphrase -Sanitize -SkipSafetyBackup -Force
        $result.Sanitized.EmptiedTables | Should -Contain ar_organization_backup_of_changes
        Invoke-Sql pester-in "SELECT COUNT(*) FROM ar_party WHERE email LIKE '%@example.com'" | Should -Be 0
        (Get-AsterisellStatus pester-in).Locks.CronLocked | Should -BeTrue
    }
}
