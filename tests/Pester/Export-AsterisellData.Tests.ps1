BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.ExportAsterisellDataCommand'
    Start-LabInstance local/pester-export -Options --cdrs, 300, --no-cron
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/pester-export
    $folder = New-Item (Join-Path $TestDrive exports) -ItemType Directory
    $passphrase = ConvertTo-SecureString 'a long passphrase' -AsPlainText -Force
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

    It 'leaves nothing after Ctrl+C' {
        $place = New-Item (Join-Path $TestDrive stopped) -ItemType Directory
        $stopped = Measure-Stop -After ([timespan]::FromMilliseconds(2500)) -Arguments $env:ASTERISELL_INVENTORY, $place.FullName -Script {
            param($inventory, $place)
            while ($true) { Remove-Item (Export-AsterisellData pester-export -Path $place -InventoryPath $inventory).Path }
        }
        $stopped.State | Should -Be Stopped
        $stopped.Seconds | Should -BeLessThan 2
        @(Get-ChildItem $place -Force | Where-Object Name -NotLike '*.tar') | Should -BeNullOrEmpty
    }
}
