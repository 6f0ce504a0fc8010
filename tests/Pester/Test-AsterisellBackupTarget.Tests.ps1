BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $vault = (Get-Lab).Vault
    $env:ASTERISELL_INVENTORY = New-TargetInventory $TestDrive here, dir, rdiff
    $env:XDG_STATE_HOME = Join-Path $TestDrive state
    $setup = Initialize-AsterisellBackupTarget * -Administrator vault -HostKeyFingerprint $vault.fingerprint -Confirm:$false
    function Get-Check([string] $Target, [string] $Check) { Test-AsterisellBackupTarget $Target | Where-Object Check -EQ $Check }
}
AfterAll { $env:ASTERISELL_INVENTORY = $env:XDG_STATE_HOME = $null }

Describe 'Test-AsterisellBackupTarget' {
    It 'proves a folder of this machine' {
        $checks = Test-AsterisellBackupTarget here
        $checks | Should -BeOfType Asterisell.BackupTargetCheck
        ($checks | Where-Object Check -EQ RoundTrip).Result | Should -Be Passed
        Get-ChildItem (Join-Path $TestDrive here) -Force | Should -BeNullOrEmpty
        ($checks | Format-Table | Out-String -Width 120) | Should -Match 'RoundTrip'
    }

    It 'proves a folder on a server, and leaves nothing there' {
        $checks = Test-AsterisellBackupTarget dir
        $checks.Check | Should -Be Login, HostKey, Key, Restriction, Space, Clock, RoundTrip
        $checks.Where({ $_.Check -ne 'Space' }).Result | Sort-Object -Unique | Should -Be Passed
        Invoke-Vault "ls -A '$(($setup | Where-Object Target -EQ dir).Address -replace '^ssh://[^/]*')'" | Should -BeNullOrEmpty
        Test-AsterisellBackupTarget dir -Quiet | Should -BeTrue
    }

    It 'proves rdiff-backup' {
        $checks = Test-AsterisellBackupTarget rdiff
        $checks.Check | Should -Be Login, HostKey, Key, Restriction, Tool, RoundTrip
        $checks.Result | Sort-Object -Unique | Should -Be Passed
    }

    It 'warns of a login that may do anything' {
        $user = ($setup | Where-Object Target -EQ dir).Address -replace '^ssh://' -replace '@.*'
        $null = Invoke-Vault "cp -p ~$user/.ssh/authorized_keys ~$user/.ssh/saved; sed -i 's/^restrict,command=[^ ]* //' ~$user/.ssh/authorized_keys"
        try { (Get-Check dir Restriction).Result | Should -Be Warning }
        finally { $null = Invoke-Vault "mv ~$user/.ssh/saved ~$user/.ssh/authorized_keys" }
    }

    It 'fails where the disk is read-only' {
        $null = Invoke-Vault 'mount -o remount,ro /srv'
        try {
            $check = Get-Check dir RoundTrip
            $check.Result | Should -Be Failed
            $check.Remedy | Should -Not -BeNullOrEmpty
        }
        finally { $null = Invoke-Vault 'mount -o remount,rw /srv' }
    }

    It 'fails the login, and says nothing more, where <Fault>' -ForEach @(
        @{ Fault = 'the server speaks an old rdiff-backup'; Target = 'rdiff'; Text = '*older than 2.0*'
            Break = "printf '#!/bin/sh\necho rdiff-backup 1.2.8\n' >/etc/lab-bin/rdiff-backup; chmod +x /etc/lab-bin/rdiff-backup"; Mend = 'rm /etc/lab-bin/rdiff-backup' }
        @{ Fault = 'the tool is missing there'; Target = 'rdiff'; Text = '*not installed*'
            Break = "printf '#!/bin/sh\necho sh: rdiff-backup: command not found >&2; exit 127\n' >/etc/lab-bin/rdiff-backup; chmod +x /etc/lab-bin/rdiff-backup"; Mend = 'rm /etc/lab-bin/rdiff-backup' }
    ) {
        $null = Invoke-Vault $Break
        try {
            $checks = @(Test-AsterisellBackupTarget $Target)
            $checks.Count | Should -Be 1
            $checks[0].Check | Should -Be Login
            $checks[0].Result | Should -Be Failed
            $checks[0].Message | Should -BeLike $Text
            Test-AsterisellBackupTarget $Target -Quiet | Should -BeFalse
        }
        finally { $null = Invoke-Vault $Mend }
    }

    It 'fails the login where the server shows another key than the pinned one' {
        $pin = Get-ChildItem $env:XDG_STATE_HOME -Recurse -File -Filter known_hosts | Where-Object FullName -Match '/dir-'
        $good = Get-Content $pin.FullName
        ssh-keygen -q -t ed25519 -N '' -f (Join-Path $TestDrive other)
        "$($good.Split(' ')[0]) $((Get-Content (Join-Path $TestDrive other.pub)).Split(' ')[0..1] -join ' ')" | Set-Content $pin.FullName
        try {
            $check = Test-AsterisellBackupTarget dir
            $check.Result | Should -Be Failed
            $check.Message | Should -BeLike '*host key*not the one that was pinned*'
        }
        finally { $good | Set-Content $pin.FullName }
    }

    It 'ends soon after Ctrl+C' {
        $stopped = Measure-Stop -After ([timespan]::FromSeconds(2)) -Arguments $env:ASTERISELL_INVENTORY -Script {
            param($inventory) while ($true) { Test-AsterisellBackupTarget rdiff -InventoryPath $inventory }
        }
        $stopped.Elapsed.TotalSeconds | Should -BeLessThan 4
        $stopped.State | Should -Be Stopped
    }
}
