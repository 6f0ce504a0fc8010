BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.InitializeAsterisellBackupTargetCommand'
    $vault = (Get-Lab).Vault
    $known = @{ HostKeyFingerprint = $vault.fingerprint; Confirm = $false }
    $env:ASTERISELL_INVENTORY = New-TargetInventory $TestDrive here, dir, rdiff, restic
    $env:XDG_STATE_HOME = Join-Path $TestDrive state
}
AfterAll { $env:ASTERISELL_INVENTORY = $env:XDG_STATE_HOME = $null }

Describe 'Initialize-AsterisellBackupTarget' {
    It 'shows the steps with -WhatIf, and does nothing' {
        Initialize-AsterisellBackupTarget * -Administrator vault -WhatIf | Should -BeNullOrEmpty
        Test-Path $env:XDG_STATE_HOME | Should -BeFalse
        Test-Path (Join-Path $TestDrive here) | Should -BeFalse
    }

    It 'refuses a server with another host key than its owner says, and leaves nothing' {
        Initialize-AsterisellBackupTarget dir -HostKeyFingerprint "SHA256:$('A' * 43)" -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be "TargetHostKeyDiffers,$errorClass"
        "$failed" | Should -BeLike "*$($vault.fingerprint)*"
        Get-ChildItem $env:XDG_STATE_HOME -Recurse -File -Force -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'makes the key here and tells what the administrator of the server has to run' {
        $setup = Initialize-AsterisellBackupTarget dir @known
        $setup | Should -BeOfType Asterisell.BackupTargetSetup
        $setup.IsReady | Should -BeFalse
        $setup.Reason | Should -BeLike '*does not let*in*'
        $setup.HostKeyFingerprint | Should -Be $vault.fingerprint
        $key = Get-ChildItem $env:XDG_STATE_HOME -Recurse -File -Filter id_ed25519
        stat -c %a $key.FullName $key.DirectoryName | Should -Be 600, 700
        $setup.AuthorizedKey | Should -BeLike "restrict,command=`"internal-sftp`" $((Get-Content "$($key.FullName).pub").Split(' ')[0..1] -join ' ')*"
        ($setup | Format-List | Out-String) | Should -Match 'useradd'

        # Those very commands are enough; the second run finds them done, and the same key.
        $null = Invoke-Vault ($setup.Commands -join " && ")
        $again = Initialize-AsterisellBackupTarget dir @known
        $again.IsReady | Should -BeTrue
        $again.AuthorizedKey | Should -Be $setup.AuthorizedKey
        $again.Commands | Should -BeNullOrEmpty
    }

    It 'prepares <_> where it is given root' -ForEach 'rdiff', 'restic' {
        $setup = Initialize-AsterisellBackupTarget $_ -Administrator vault @known
        $setup.Reason | Should -BeNullOrEmpty
        $setup.IsReady | Should -BeTrue
        if ($_ -eq 'restic') { Test-AsterisellBackupTarget restic -Quiet | Should -BeTrue }
        $again = Initialize-AsterisellBackupTarget $_ -Administrator vault @known
        $again.IsReady | Should -BeTrue
        $user = ($again.Address -replace '^(ssh://|sftp:)') -replace '@.*'
        @(Invoke-Vault "cat ~$user/.ssh/authorized_keys").Count | Should -Be 1 -Because 'a key is let in once, however often it is asked for'
        if ($_ -eq 'rdiff') { $again.AuthorizedKey | Should -BeLike 'restrict,command="rdiff-backup server --restrict-path ''/srv/*' }
    }

    It 'makes the folder of a target of this machine' {
        (Initialize-AsterisellBackupTarget here -Confirm:$false).IsReady | Should -BeTrue
        Test-Path (Join-Path $TestDrive here) | Should -BeTrue
    }

    It 'says that there is no such target' {
        { Initialize-AsterisellBackupTarget nowhere -ErrorAction Stop } | Should -Throw -ErrorId "TargetNotFound,$errorClass"
        (Get-Completion 'Initialize-AsterisellBackupTarget r').CompletionText | Should -Be rdiff, restic
    }
}
