BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.BackupAsterisellRepositoryCommand'
    # No host is needed: the one of this inventory is dead.
    $fleet = (New-Item -ItemType Directory (Join-Path $TestDrive fleet)).FullName
    $inventory = Join-Path $fleet asterisell.yml
    $password = Join-Path $fleet billing.password
    Set-Content $password 'never-in-clear' -NoNewline
    chmod 600 $password
    Set-Content (Join-Path $fleet passwords.ini) 'old = habit'
    @'
version: 1
hosts: { local: { endpoint: "unix:///nowhere.sock" } }
targets:
  disk: { kind: directory, path: ../disk }
  second: { kind: directory, path: ../second }
instances:
  billing: { database: { password: { file: billing.password } } }
'@ | Set-Content $inventory
    $env:ASTERISELL_INVENTORY = $inventory
    $destination = Join-Path $TestDrive backups
    $passphrase = ConvertTo-SecureString 'correct horse battery' -AsPlainText -Force
}
AfterAll { $env:ASTERISELL_INVENTORY = $null }

Describe 'Backup-AsterisellRepository' {
    It 'changes nothing with -WhatIf' {
        Backup-AsterisellRepository -Destination $destination -WhatIf | Should -BeNullOrEmpty
        Test-Path $destination | Should -BeFalse
    }

    It 'is missed while it never ran' {
        $stale = Get-AsterisellBackup -Stale 26h -Destination $destination
        ($stale | Where-Object HostName -EQ _repository).Reason | Should -Be NoBackup
    }

    It 'makes a proven snapshot that list, test and watch know' {
        $backup = Backup-AsterisellRepository -Destination $destination
        $backup | Should -BeOfType Asterisell.AsterisellBackup
        $backup.Name | Should -Be fleet
        $backup.IsProven | Should -BeTrue
        "$($backup.Notes)" | Should -BeLike '*in clear*passwords.ini*'
        (Get-AsterisellBackup _repository/fleet -Destination $destination).SnapshotId | Should -Be $backup.SnapshotId
        $backup | Test-AsterisellBackup -Quiet | Should -BeTrue
        Get-AsterisellBackup -Stale 26h -Destination $destination | Where-Object HostName -EQ _repository | Should -BeNullOrEmpty
        Get-Content (Join-Path $backup.Path files $inventory) -Raw | Should -Be (Get-Content $inventory -Raw)
        grep -rl never-in-clear $backup.Path | Should -BeNullOrEmpty
        ($backup | Format-Table | Out-String -Width 120) | Should -Match '_repository'
    }

    It 'brings passwords encrypted when asked, and gpg opens them' {
        $backup = Backup-AsterisellRepository -Destination $destination -IncludeSecret -Passphrase $passphrase
        $file = Join-Path $backup.Path secrets secrets.json.gpg
        $gpgHome = (New-Item -ItemType Directory (Join-Path $TestDrive gpg)).FullName
        chmod 700 $gpgHome
        try { $plain = 'correct horse battery' | gpg --homedir $gpgHome --batch --quiet --pinentry-mode loopback --passphrase-fd 0 --decrypt $file 2>$null | Out-String }
        finally { gpgconf --homedir $gpgHome --kill all }
        ($plain | ConvertFrom-Json).value | Should -Be never-in-clear
        grep -rl -e never-in-clear -e 'correct horse' $backup.Path | Should -BeNullOrEmpty
    }

    It 'goes to every target, and stays for a year' {
        $backups = Backup-AsterisellRepository
        $backups.Target | Should -Be disk, second
        $backups.State | Should -Be Complete, Complete
        $decision = Remove-AsterisellBackup _repository/* -Target disk
        $decision.Outcome | Should -Be Kept
        $decision.Reasons | Should -Contain 'within 366 days of the newest'
    }

    It 'ends soon after Ctrl+C, and shows nothing that is not whole' {
        $heavy = (New-Item -ItemType Directory (Join-Path $TestDrive heavy)).FullName
        Copy-Item $inventory $heavy
        1..40 | ForEach-Object { $bytes = [byte[]]::new(4MB); [Random]::Shared.NextBytes($bytes); [IO.File]::WriteAllBytes((Join-Path $heavy "weight$_"), $bytes) }
        $place = Join-Path $TestDrive interrupted
        $stopped = Measure-Stop -After ([timespan]::FromSeconds(1)) -Arguments (Join-Path $heavy asterisell.yml), $place -Script {
            param($inventory, $place)
            while ($true) { Backup-AsterisellRepository -InventoryPath $inventory -Destination $place }
        }
        $stopped.State | Should -Be Stopped
        $stopped.Elapsed.TotalSeconds | Should -BeLessThan 2
        $left = @(Get-ChildItem (Join-Path $place _repository heavy) -Directory -Force -ErrorAction Ignore | Where-Object Name -NE .verdicts)
        $left.Name | Should -Not -Match '^\.'
        $left | ForEach-Object { Test-AsterisellBackup $_.FullName -Quiet | Should -BeTrue }
    }

    It 'is refused without a place, and what contradicts itself too' {
        { Backup-AsterisellRepository -Destination a -Target disk } | Should -Throw -ErrorId "DestinationAndTarget,$errorClass"
        { Backup-AsterisellRepository -Destination $destination -Passphrase $passphrase } | Should -Throw -ErrorId "PassphraseWithoutSecret,$errorClass"
        { Backup-AsterisellRepository -Destination $destination -IncludeSecret -Passphrase (ConvertTo-SecureString short -AsPlainText -Force) } |
            Should -Throw -ErrorId "PassphraseTooShort,$errorClass"
        Remove-Item $password
        { Backup-AsterisellRepository -Destination $destination -IncludeSecret -Passphrase $passphrase } | Should -Throw -ErrorId "SecretFileNotFound,$errorClass"
    }
}
