BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Start-LabInstance local/ssh-grant '--no-cron', '--cdrs', '200', '--months', '1'
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/ssh-grant
    $null = Wait-AsterisellInstance ssh-grant -TimeoutSec 90
    $key = Join-Path $TestDrive id_test
    ssh-keygen -q -t ed25519 -N '' -C 'operator one' -f $key
    $port = ("$(Invoke-LabDocker local/ssh-grant 'port', 'ssh-grant', '22')" -split ':')[-1]

    function Invoke-Inside([string] $Script) { Invoke-LabDocker local/ssh-grant 'exec', 'ssh-grant', 'bash', '-c', $Script }
    # A real login with the key alone.
    function Test-Login([string] $With = $key) {
        $null = ssh -F none -i $With -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -p $port root@127.0.0.1 true 2>&1
        $LASTEXITCODE -eq 0
    }
}
AfterAll {
    Remove-LabInstance local/ssh-grant
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Grant-AsterisellSshAccess' {
    It 'changes nothing with -WhatIf' {
        $before = Invoke-Inside 'sha256sum /root/.ssh/authorized_keys'
        Grant-AsterisellSshAccess ssh-grant -Path "$key.pub" -WhatIf | Should -BeNullOrEmpty
        Invoke-Inside 'sha256sum /root/.ssh/authorized_keys' | Should -Be $before
        Test-Login | Should -BeFalse
    }

    It 'lets the key log in, once, with the owner and modes that sshd wants' {
        $null = Invoke-Inside 'chmod 0777 /root/.ssh; chmod 0666 /root/.ssh/authorized_keys; chown 1:1 /root/.ssh'
        $result = Grant-AsterisellSshAccess ssh-grant -Path "$key.pub"
        $result | Should -BeOfType ([Asterisell.SshAccessResult])
        $result.Status | Should -Be Succeeded
        $result.Message | Should -BeLike 'The key is granted; owner and modes are put right.'
        $result.Fingerprint | Should -Be ((ssh-keygen -lf "$key.pub") -split ' ')[1]
        Test-Login | Should -BeTrue
        Invoke-Inside 'stat -c "%U:%G %a" /root/.ssh /root/.ssh/authorized_keys' | Should -Be 'root:root 700', 'root:root 600'
        Invoke-Inside 'ls -A /root/.ssh' | Should -Be authorized_keys
        (Grant-AsterisellSshAccess ssh-grant -PublicKey (Get-Content "$key.pub")).Status | Should -Be Unchanged
        (Grant-AsterisellSshAccess ssh-grant -PublicKey ((Get-Content "$key.pub") -replace 'operator one', 'another name')).Status | Should -Be Unchanged
        Invoke-Inside "grep -c 'operator one' /root/.ssh/authorized_keys" | Should -Be 1
    }

    It 'mends the modes alone' {
        $null = Invoke-Inside 'chmod 0640 /root/.ssh/authorized_keys'
        $result = Grant-AsterisellSshAccess ssh-grant -Path "$key.pub"
        $result.Status | Should -Be Succeeded
        $result.Message | Should -BeLike 'The key was granted already; owner and modes are put right.'
        Invoke-Inside 'stat -c %a /root/.ssh/authorized_keys' | Should -Be 600
    }

    It 'keeps every other line as it is, and says what limits a key that is there with options' {
        $other = Join-Path $TestDrive id_limited
        ssh-keygen -q -t ed25519 -N '' -C limited -f $other
        $line = 'restrict,command="echo a b" ' + (Get-Content "$other.pub")
        $lines = '# our team', '', $line, 'this is no key', "  $line"
        $null = $lines | ForEach-Object { Invoke-LabDocker local/ssh-grant 'exec', 'ssh-grant', 'bash', '-c', 'printf "%s\n" "$1" >> /root/.ssh/authorized_keys', 'x', $_ }
        $before = Invoke-Inside 'cat /root/.ssh/authorized_keys'
        $third = Join-Path $TestDrive id_third
        ssh-keygen -q -t ecdsa -N '' -C third -f $third
        $result = Grant-AsterisellSshAccess ssh-grant -Path "$other.pub", "$third.pub"
        $result.Message | Should -BeLike 'The key is granted; SHA256:* keeps its options restrict,command="echo a b"*'
        $after = Invoke-Inside 'cat /root/.ssh/authorized_keys'
        $after[0..($before.Count - 1)] | Should -Be $before
        $after.Count | Should -Be ($before.Count + 1)
        Test-Login $third | Should -BeTrue
    }

    It 'refuses a private key before it is sent anywhere, and a key that is too weak' {
        { Grant-AsterisellSshAccess ssh-grant -Path $key } | Should -Throw -ErrorId 'PrivateKeyGiven,*'
        { Grant-AsterisellSshAccess ssh-grant -PublicKey (Get-Content $key -Raw) } | Should -Throw -ErrorId 'PrivateKeyGiven,*'
        $short = Join-Path $TestDrive id_short
        ssh-keygen -q -t rsa -b 1024 -N '' -f $short
        { Grant-AsterisellSshAccess ssh-grant -Path "$short.pub" } | Should -Throw -ErrorId 'PublicKeyWeak,*'
        { Grant-AsterisellSshAccess ssh-grant } | Should -Throw -ErrorId 'KeyMissing,*'
    }

    It 'loses no key when several operators grant at the same time' {
        $keys = 1..4 | ForEach-Object {
            $file = Join-Path $TestDrive "id_many$_"
            ssh-keygen -q -t ed25519 -N '' -C "many-$_" -f $file
            Get-Content "$file.pub"
        }
        $module = Get-ModulePath
        $failed = $keys | ForEach-Object -Parallel {
            Import-Module $using:module
            Grant-AsterisellSshAccess ssh-grant -PublicKey $_ | Where-Object Status -NE Succeeded
        } -ThrottleLimit 4
        $failed | Should -BeNullOrEmpty
        Invoke-Inside 'grep -c many- /root/.ssh/authorized_keys' | Should -Be 4
    }
}
