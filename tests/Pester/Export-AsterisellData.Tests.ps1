BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.ExportAsterisellDataCommand'
    Start-LabInstance local/pester-export -Options --cdrs, 300, --no-cron
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/pester-export
    $folder = New-Item (Join-Path $TestDrive exports) -ItemType Directory
    $passphrase = ConvertTo-SecureString 'a long passphrase' -AsPlainText -Force

    function Invoke-Sql([string] $Sql) {
        Invoke-LabDocker local/x 'exec', 'pester-export', 'mysql', '-uroot', '-pdb-password-of-pester-export', '-N', '-e', $Sql, 'pester-export'
    }
}
AfterAll { $env:ASTERISELL_INVENTORY = $null }

Describe 'Export-AsterisellData' {
    It 'makes nothing with -WhatIf' {
        Export-AsterisellData pester-export -Path $folder -WhatIf | Should -BeNullOrEmpty
        Get-ChildItem $folder -Force | Should -BeNullOrEmpty
    }

    It 'makes one file that tar unpacks to a backup' {
        $result = Export-AsterisellData pester-export -Path $folder
        $result | Should -BeOfType Asterisell.ExportResult
        $result.Status | Should -Be Succeeded
        $result.IsEncrypted | Should -BeFalse
        (Get-ChildItem $folder -Force).FullName | Should -Be $result.Path
        (Get-FileHash $result.Path).Hash | Should -Be $result.Sha256
        (Get-Item $result.Path).UnixMode | Should -Be '-rw-------'
        $unpacked = New-Item (Join-Path $TestDrive unpacked) -ItemType Directory
        tar -xf $result.Path -C $unpacked
        $verdict = Get-AsterisellBackup -Destination $unpacked | Test-AsterisellBackup
        $verdict.Passed | Should -BeTrue
        ($result | Format-Table | Out-String -Width 120) | Should -Match 'Succeeded'
        ($result | Format-List | Out-String) | Should -Match 'Sha256'
    }

    It 'encrypts a backup of the pipeline, with no word of it in clear' {
        $destination = Join-Path $TestDrive backups
        $file = Join-Path $TestDrive one.tar.gpg
        $result = Backup-AsterisellData pester-export -Destination $destination | Export-AsterisellData -Path $file -Passphrase $passphrase
        $result.IsEncrypted | Should -BeTrue
        $result.Path | Should -Be $file
        [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($file)) | Should -Not -Match 'manifest|pester-export'
    }

    It 'overwrites nothing, and puts several into a folder only' {
        $file = Join-Path $TestDrive there.tar
        Set-Content $file precious
        $result = Export-AsterisellData pester-export -Path $file -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be "ExportFileExists,$errorClass"
        $result.Status | Should -Be Failed
        Get-Content $file | Should -Be precious
        $backup = Get-AsterisellBackup -Destination (Join-Path $TestDrive backups)
        { $backup, $backup | Export-AsterisellData -Path (Join-Path $TestDrive two.tar) } | Should -Throw -ErrorId "ExportNeedsFolder,$errorClass"
    }

    It 'exports no damaged backup' {
        $backup = Get-AsterisellBackup -Destination (Join-Path $TestDrive backups)
        Add-Content (Join-Path $backup.Path files.jsonl) ' '
        $backup | Export-AsterisellData -Path (Join-Path $TestDrive damaged.tar) -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
        $failed.FullyQualifiedErrorId | Should -Be "ExportBackupDamaged,$errorClass"
        Test-Path (Join-Path $TestDrive damaged.tar) | Should -BeFalse
    }

    It 'masks with -Sanitize, of an instance and of a backup, and leaves the original and the host as they were' {
        $sums = 'CHECKSUM TABLE ar_cdr, ar_party, ar_user, ar_source_cdr'
        $before = Invoke-Sql $sums
        $made = New-Item (Join-Path $TestDrive masked) -ItemType Directory
        $live = Export-AsterisellData pester-export -Path $made -Sanitize
        $live.Status | Should -Be Succeeded
        $live.Sanitized.MaskedColumns | Should -Contain ar_party.email
        $live.Path | Should -BeLike '*-masked.tar'
        ($live | Format-List | Out-String) | Should -Match 'columns in \d+ rows masked'
        $kept = Backup-AsterisellData pester-export -Destination (Join-Path $TestDrive to-mask) | Export-AsterisellData -Path $made -Sanitize
        $kept.Status | Should -Be Succeeded
        foreach ($file in $live.Path, $kept.Path) {
            $unpacked = New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory
            tar -xf $file -C $unpacked
            $backup = Get-AsterisellBackup -Destination $unpacked
            $verdict = $backup | Test-AsterisellBackup
            $verdict.Passed | Should -BeTrue
            $verdict.Findings | Should -BeNullOrEmpty
            $backup.FileCount | Should -Be 0
            $text = Get-ChildItem $unpacked -Recurse -File -Force | ForEach-Object { $_.Extension -eq '.gz' ? (zcat $_.FullName) : (Get-Content $_.FullName) } | Out-String
            $text | Should -Match '@masked\.invalid'
            $text | Should -Match 'compile_rate_trigger'
            $text | Should -Not -Match '@example\.com|Söhne|password-of-|IDENTIFIED BY'
        }
        Invoke-Sql $sums | Should -Be $before
        Get-ChildItem $made -Force | Should -HaveCount 2
        Invoke-LabDocker local/x 'ps', '--all', '--format', '{{.Names}}' | Should -Not -Match 'drill'
    }

    It 'refuses a column that no rule knows, and masks that nobody asked for' {
        $key = ConvertTo-SecureString key -AsPlainText -Force
        { Export-AsterisellData pester-export -Path $folder -SanitizeKey $key } | Should -Throw -ErrorId "SanitizeNotAsked,$errorClass"
        Invoke-Sql 'ALTER TABLE ar_party ADD nickname VARCHAR(20)'
        $file = Join-Path $TestDrive unknown.tar
        Export-AsterisellData pester-export -Path $file -Sanitize -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
        Invoke-Sql 'ALTER TABLE ar_party DROP nickname'
        $failed.FullyQualifiedErrorId | Should -Be "SanitizeColumnUnknown,$errorClass"
        Test-Path $file | Should -BeFalse
    }

    It 'leaves nothing after Ctrl+C' {
        $place = New-Item (Join-Path $TestDrive stopped) -ItemType Directory
        $stopped = Measure-Stop -After ([timespan]::FromMilliseconds(2500)) -Arguments $env:ASTERISELL_INVENTORY, $place.FullName -Script {
            param($inventory, $place)
            while ($true) { Remove-Item (Export-AsterisellData pester-export -Path $place -InventoryPath $inventory).Path }
        }
        $stopped.State | Should -Be Stopped
        $stopped.Elapsed.TotalSeconds | Should -BeLessThan 2
        @(Get-ChildItem $place -Force | Where-Object Name -NotLike '*.tar') | Should -BeNullOrEmpty
    }
}
