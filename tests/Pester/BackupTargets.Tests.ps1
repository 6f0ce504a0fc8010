# Backups in targets on a server: the same list, test and failures for all kinds.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $backupClass = 'Asterisell.PowerShell.Commands.BackupAsterisellDataCommand'
    $vault = (Get-Lab).Vault
    Start-LabInstance local/pester-alpha -Options --no-data, --no-cron
    Start-LabInstance local/pester-beta -Options --no-data, --no-cron
    $env:ASTERISELL_INVENTORY = New-TargetInventory $TestDrive dir, rdiff, restic local/pester-alpha, local/pester-beta
    $env:XDG_STATE_HOME = Join-Path $TestDrive state
    $setup = Initialize-AsterisellBackupTarget * -Administrator vault -HostKeyFingerprint $vault.fingerprint -Confirm:$false
    function Get-User([string] $Target) { ($setup | Where-Object Target -EQ $Target).Address -replace '^(ssh://|sftp:)' -replace '@.*' }
    function Get-Place([string] $Target) { ($setup | Where-Object Target -EQ $Target).Address -replace '^(ssh://[^/]*|sftp:[^/]*:)' }
    # Kills whatever a login does, at the moment that a file shows.
    function Start-Killer([string] $User, [string] $Pattern) {
        Start-ThreadJob -ArgumentList (Join-Path (Get-RepositoryRoot) tests/lab/lab), (Get-Lab).Name, "while ! ls $Pattern >/dev/null 2>&1; do :; done; pkill -KILL -u $User" -ScriptBlock {
            param($lab, $name, $script) & $lab vault --name $name timeout 60 sh -c $script
        }
    }
}
AfterAll { $env:ASTERISELL_INVENTORY = $env:XDG_STATE_HOME = $null }

Describe 'Targets on a server' {
    It 'takes one snapshot to all of them, and each gives back all of it' {
        $backups = Backup-AsterisellData pester-alpha
        $backups.Target | Should -Be dir, rdiff, restic
        $backups.State | Sort-Object -Unique | Should -Be Complete
        @($backups.SnapshotId | Sort-Object -Unique).Count | Should -Be 1
        $verdicts = Get-AsterisellBackup | Test-AsterisellBackup -Level Content
        $verdicts.Count | Should -Be 3
        $verdicts.Passed | Should -Not -Contain $false
        (Get-AsterisellBackup).LastTestLevel | Sort-Object -Unique | Should -Be Content
        Get-ChildItem (Join-Path $TestDrive staging) -Force -Filter '.fetched-*' | Should -BeNullOrEmpty
    }

    It 'restores from a server, in a drill on another host and into the instance, and leaves no copy here' {
        $verdict = Get-AsterisellBackup pester-alpha -Target restic -Latest | Test-AsterisellBackup -Level Restore -DrillHost milan
        $verdict.Findings | Where-Object IsFailure | Should -BeNullOrEmpty
        $verdict.Passed | Should -BeTrue
        $verdict.Target | Should -Be restic
        $known = Get-AsterisellBackup pester-alpha -Target restic -Latest
        $known.IsProven | Should -BeTrue
        $known.LastTestLevel | Should -Be Restore
        (Get-ChildItem $env:XDG_STATE_HOME -Recurse -Force -Filter "$($known.SnapshotId).drill.json" | Get-Content -Raw | ConvertFrom-Json).host | Should -Be milan
        $result = Restore-AsterisellData pester-alpha -Target rdiff -SkipSafetyBackup -Force
        $result.Status | Should -Be Succeeded
        $result.BackupPath | Should -BeLike '*vault*'
        Get-ChildItem $env:XDG_STATE_HOME, (Join-Path $TestDrive staging) -Recurse -Force -Directory -Filter '.asterisell-work-*' | Should -BeNullOrEmpty
    }

    It 'takes two instances side by side into one repository of restic' {
        $backups = Backup-AsterisellData pester-alpha, pester-beta -Target restic
        $backups.State | Should -Be Complete, Complete
        Get-AsterisellBackup pester-beta -Target restic | Test-AsterisellBackup -Quiet | Should -BeTrue
    }

    It 'shares on the server what did not change' {
        $backup = Backup-AsterisellData pester-alpha -Target dir
        $links = Invoke-Vault "stat -c %h '$(Get-Place dir)/local/pester-alpha/$($backup.SnapshotId)/files/etc/hostname' '$(Get-Place dir)/local/pester-alpha/$($backup.SnapshotId)/manifest.json'"
        $links | Should -Be 2, 1
        @(Get-AsterisellBackup -Target dir).Count | Should -Be 2
        @(Get-ChildItem (Join-Path $TestDrive staging/local/pester-alpha) -Directory).Count | Should -Be 1 -Because 'the staging folder keeps the last one only'
    }

    It 'names a file that was lost or cut on the server' {
        $backup = Get-AsterisellBackup -Target dir -Latest
        $null = Invoke-Vault "cd '$(Get-Place dir)/local/pester-alpha/$($backup.SnapshotId)' && rm files/etc/hostname && cp manifest.sha256 x && mv x instance/container.json"
        $verdict = $backup | Test-AsterisellBackup -Level Manifest
        $verdict.Passed | Should -BeFalse
        $verdict.Findings.File | Should -Contain files/etc/hostname
        $verdict.Findings.File | Should -Contain instance/container.json
        # The next one does not take the damage over.
        (Backup-AsterisellData pester-alpha -Target dir | Test-AsterisellBackup -Level Content).Passed | Should -BeTrue
    }

    It 'lists a manifest that is gone as damaged' {
        $backup = (Get-AsterisellBackup -Target dir)[0]
        $null = Invoke-Vault "rm '$(Get-Place dir)/local/pester-alpha/$($backup.SnapshotId)/manifest.sha256'"
        (Get-AsterisellBackup -Target dir)[0].State | Should -Be Damaged
    }

    It 'goes on where a connection died, and does not send again what had arrived' {
        $null = Invoke-Vault "rm -rf '$(Get-Place dir)/local'"
        $null = Invoke-LabDocker local/pester-alpha 'exec', 'pester-alpha', 'sh', '-c', 'head -c 90000000 /dev/urandom >/var/www/pester-alpha/admin/web/uploads/zz-large'
        try {
            $place = "$(Get-Place dir)/local/pester-alpha"
            $killer = Start-Killer (Get-User dir) "$place/.partial-*/files/var/www/pester-alpha/admin/web/uploads/zz-large"
            $backup = Backup-AsterisellData pester-alpha -Target dir -ErrorVariable failed -ErrorAction SilentlyContinue -WarningVariable told -WarningAction SilentlyContinue
            $null = $killer | Receive-Job -Wait -AutoRemoveJob
            $failed.FullyQualifiedErrorId | Should -Be "TargetConnectionLost,$backupClass"
            $backup.State | Should -Be Failed
            $backup.Target | Should -Be dir
            "$told" | Should -BeLike "*whole and proven on this machine, in '$($backup.Path)'*"
            Test-AsterisellBackup $backup.Path -Quiet | Should -BeTrue
            Get-AsterisellBackup -Target dir | Should -BeNullOrEmpty

            $arrived = Invoke-Vault "cd $place/.partial-* && find files/etc -type f -size +0 -printf '%i %p\n'"
            @($arrived).Count | Should -BeGreaterThan 0
            $whole = Backup-AsterisellData pester-alpha -Target dir
            $whole.State | Should -Be Complete
            $now = Invoke-Vault "cd $place/$($whole.SnapshotId) && find files/etc -type f -size +0 -printf '%i %p\n'"
            @($arrived | Where-Object { $_ -notin $now }).Count | Should -Be 0 -Because 'a file that had arrived is the same one'
            ($whole | Test-AsterisellBackup).Passed | Should -BeTrue
        }
        finally { $null = Invoke-LabDocker local/pester-alpha 'exec', 'pester-alpha', 'rm', '/var/www/pester-alpha/admin/web/uploads/zz-large' }
    }

    It 'takes a half-finished session of rdiff-backup back, and loses no earlier snapshot' {
        $before = Get-AsterisellBackup -Target rdiff -Latest
        $killer = Start-Killer (Get-User rdiff) "$(Get-Place rdiff)/local/pester-alpha/rdiff-backup-data/current_mirror.*.data | grep -c . | grep -x 2"
        $failed = $null
        $null = Backup-AsterisellData pester-alpha -Target rdiff -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $null = $killer | Receive-Job -Wait -AutoRemoveJob
        $failed | Should -Not -BeNullOrEmpty
        (Get-AsterisellBackup -Target rdiff).SnapshotId | Should -Be $before.SnapshotId
        $next = Backup-AsterisellData pester-alpha -Target rdiff
        $next.State | Should -Be Complete
        (Get-AsterisellBackup -Target rdiff).SnapshotId | Should -Be $before.SnapshotId, $next.SnapshotId
        (Get-AsterisellBackup -Target rdiff | Test-AsterisellBackup).Passed | Should -Not -Contain $false
    }

    It 'begins nothing where the server''s disk has no room, and says so' {
        $used = [int](Invoke-Vault "df --output=used -k /srv | tail -1")
        $null = Invoke-Vault "mount -o remount,size=$($used + 100)k /srv"
        try {
            $before = @(Get-AsterisellBackup -Target dir)
            $null = Invoke-Vault "rm -rf '$(Get-Place dir)/local/pester-alpha/.partial-'*"
            $null = Backup-AsterisellData pester-alpha -Target dir -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            $failed.FullyQualifiedErrorId | Should -BeIn "TargetFull,$backupClass", "TargetTooSmall,$backupClass"
        }
        finally { $null = Invoke-Vault 'mount -o remount,size=512m /srv' }
        (Get-AsterisellBackup -Target dir).SnapshotId | Should -Be $before.SnapshotId
    }

    It 'removes by retention, on the server too' {
        $null = Backup-AsterisellData pester-alpha -Target dir
        $newest = Backup-AsterisellData pester-alpha -Target dir
        $null = $newest | Test-AsterisellBackup
        $decisions = Remove-AsterisellBackup pester-alpha -Target dir -KeepLast 1 -Force
        ($decisions | Where-Object SnapshotId -EQ $newest.SnapshotId).Outcome | Should -Be Kept
        ($decisions | Where-Object SnapshotId -NE $newest.SnapshotId).Outcome | Sort-Object -Unique | Should -Be Removed
        (Get-AsterisellBackup -Target dir).SnapshotId | Should -Be $newest.SnapshotId
        Invoke-Vault "ls -A '$(Get-Place dir)/local/pester-alpha'" | Should -Be $newest.SnapshotId
        (Test-AsterisellBackup -InputObject (Get-AsterisellBackup -Target dir)).Passed | Should -BeTrue -Because 'what it shared with those that went is still its own'
    }

    It 'keeps the password out of arguments and environment' {
        $bin, $log, $path = (New-Item -ItemType Directory (Join-Path $TestDrive bin)).FullName, (Join-Path $TestDrive restic.log), $env:PATH
        "#!/bin/sh`n{ echo ""`$*""; env; } >>'$log'`nexec $((Get-Command restic).Source) ""`$@""" | Set-Content (Join-Path $bin restic)
        chmod +x (Join-Path $bin restic)
        $env:PATH = "${bin}:$path"
        try { Get-AsterisellBackup -Target restic | Should -Not -BeNullOrEmpty } finally { $env:PATH = $path }
        $seen = Get-Content $log -Raw
        $seen | Should -Match 'snapshots --json'
        $seen | Should -Not -Match 'a password of the lab'
    }

    It 'says that a password does not open the repository' {
        Set-Content (Join-Path $TestDrive password) 'another one'
        try {
            Get-AsterisellBackup -Target restic -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $failed.FullyQualifiedErrorId | Should -Be 'TargetPasswordWrong,Asterisell.PowerShell.Commands.GetAsterisellBackupCommand'
        }
        finally { Set-Content (Join-Path $TestDrive password) 'a password of the lab' }
    }

    It 'completes names, and refuses a folder and a target together' {
        (Get-Completion 'Backup-AsterisellData pester-alpha -Target r').CompletionText | Should -Be rdiff, restic
        { Get-AsterisellBackup -Target dir -Destination $TestDrive } | Should -Throw -ErrorId 'DestinationAndTarget,*'
        { Backup-AsterisellData pester-alpha -Target nowhere } | Should -Throw -ErrorId 'TargetNotFound,*'
    }
}
