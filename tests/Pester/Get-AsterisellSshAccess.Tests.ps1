BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    'one', 'two', 'own' | ForEach-Object { Start-LabInstance "local/ssh-$_" '--no-cron', '--no-data' }
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/ssh-one, local/ssh-two, local/ssh-own
    $null = Invoke-LabDocker local/ssh-own 'exec', 'ssh-own', 'bash', '-c', 'rm /etc/ssh/ssh_host_*; ssh-keygen -q -t ed25519 -N "" -f /etc/ssh/ssh_host_ed25519_key'
    $key = Join-Path $TestDrive id_test
    ssh-keygen -q -t rsa -b 1024 -N '' -C 'old one' -f $key
    $line = 'from="10.0.0.0/8" ' + (Get-Content "$key.pub")
    $null = Invoke-LabDocker local/ssh-own 'exec', 'ssh-own', 'bash', '-c', 'printf "%s\n" "" "# team" "$1" "rubbish here" >> /root/.ssh/authorized_keys', 'x', $line
}
AfterAll {
    'one', 'two', 'own' | ForEach-Object { Remove-LabInstance "local/ssh-$_" }
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Get-AsterisellSshAccess' {
    It 'lists keys with strength, options and place, and lines that are none' {
        $keys = Get-AsterisellSshAccess ssh-own -WarningAction SilentlyContinue
        $keys.State | Should -Be Granted, Weak, Malformed
        $old = $keys[1]
        $old | Should -BeOfType ([Asterisell.SshAccess])
        $old.Fingerprint | Should -Be ((ssh-keygen -lf "$key.pub") -split ' ')[1]
        $old.Bits | Should -Be 1024
        $old.Options | Should -Be 'from="10.0.0.0/8"'
        $old.Comment | Should -Be 'old one'
        $old.File | Should -Be /root/.ssh/authorized_keys
        $keys[2].Text | Should -Be 'rubbish here'
        $keys[2].Line | Should -Be 5
        (Get-AsterisellSshAccess ssh-own -Fingerprint $old.Fingerprint).Comment | Should -Be 'old one'
    }

    It 'shows whose a key is, and the text of a line that is none' {
        $table = Get-AsterisellSshAccess ssh-own -WarningAction SilentlyContinue | Format-Table | Out-String -Width 120
        $table | Should -Match ' Comment '
        $table | Should -Match 'ssh-own .* 1024 old one +SHA256:'
        $table -replace '\s' | Should -BeLike '*line5:*'
    }

    It 'says which instances present the same host key' {
        $keys = Get-AsterisellSshAccess -WarningVariable said -WarningAction SilentlyContinue
        ($keys | Where-Object Name -EQ ssh-one).HostKeySharedWith | Should -Be local/ssh-two
        ($keys | Where-Object Name -EQ ssh-two)[0].SharedHostKey | Should -BeTrue
        ($keys | Where-Object Name -EQ ssh-own)[0].SharedHostKey | Should -BeFalse
        $said.Count | Should -Be 1
        "$said" | Should -BeLike 'local/ssh-one, local/ssh-two have the same host key SHA256:*'
    }

    It 'says nothing of host keys for one instance alone' {
        $null = Get-AsterisellSshAccess ssh-one -WarningVariable said
        $said | Should -BeNullOrEmpty
    }

    It 'names the instance that cannot be asked and goes on with the others' {
        Stop-LabInstance local/ssh-two
        $keys = Get-AsterisellSshAccess -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $keys.Name | Sort-Object -Unique | Should -Be ssh-one, ssh-own
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'InstanceNotRunning,*'
    }
}
