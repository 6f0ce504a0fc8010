BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Start-LabInstance local/ssh-revoke '--no-cron', '--cdrs', '200', '--months', '1'
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/ssh-revoke
    $null = Wait-AsterisellInstance ssh-revoke -TimeoutSec 90
    $key = Join-Path $TestDrive id_test
    ssh-keygen -q -t ed25519 -N '' -C 'operator one' -f $key
    $fingerprint = ((ssh-keygen -lf "$key.pub") -split ' ')[1]
    $port = ("$(Invoke-LabDocker local/ssh-revoke 'port', 'ssh-revoke', '22')" -split ':')[-1]

    function Invoke-Inside([string] $Script) { Invoke-LabDocker local/ssh-revoke 'exec', 'ssh-revoke', 'bash', '-c', $Script }
    function Test-Login {
        $null = ssh -F none -i $key -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -p $port root@127.0.0.1 true 2>&1
        $LASTEXITCODE -eq 0
    }
}
AfterAll {
    Remove-LabInstance local/ssh-revoke
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Revoke-AsterisellSshAccess' {
    BeforeEach { $null = Grant-AsterisellSshAccess ssh-revoke -Path "$key.pub" }

    It 'changes nothing with -WhatIf' {
        Revoke-AsterisellSshAccess ssh-revoke -Fingerprint $fingerprint -WhatIf | Should -BeNullOrEmpty
        Test-Login | Should -BeTrue
    }

    It 'takes the key away wherever it stands, also as a duplicate and in the second file that sshd reads' {
        # What the old authorize_ssh_access does at each call, and a file that nobody looks into.
        $null = Invoke-Inside 'cd /root/.ssh; tail -1 authorized_keys >> authorized_keys; echo "# kept" >> authorized_keys; (echo "# mine"; grep "operator one" authorized_keys) > authorized_keys2'
        $result = Revoke-AsterisellSshAccess ssh-revoke -Fingerprint $fingerprint
        $result.Status | Should -Be Succeeded
        $result.Message | Should -BeLike 'The key is revoked*'
        Test-Login | Should -BeFalse
        Invoke-Inside 'cat /root/.ssh/authorized_keys2' | Should -Be '# mine'
        Invoke-Inside 'tail -1 /root/.ssh/authorized_keys' | Should -Be '# kept'
        $again = Revoke-AsterisellSshAccess ssh-revoke -Path "$key.pub"
        $again.Status | Should -Be Unchanged
        $again.Message | Should -Be 'The key was not granted.'
    }

    It 'takes away the keys that come through the pipeline, and no other' {
        $others = (Get-AsterisellSshAccess ssh-revoke | Where-Object Fingerprint -NE $fingerprint).Fingerprint
        $others | Should -Not -BeNullOrEmpty
        $result = Get-AsterisellSshAccess ssh-revoke | Where-Object Comment -EQ 'operator one' | Revoke-AsterisellSshAccess
        $result.Status | Should -Be Succeeded
        (Get-AsterisellSshAccess ssh-revoke).Fingerprint | Should -Be $others
        { Get-AsterisellInstance ssh-revoke | Revoke-AsterisellSshAccess } | Should -Throw -ErrorId 'KeyMissing,*'
    }

    It 'says when nobody is left' {
        $all = (Get-AsterisellSshAccess ssh-revoke).Fingerprint
        $result = Revoke-AsterisellSshAccess ssh-revoke -Fingerprint $all
        $result.GrantedKeys | Should -Be 0
        $result.Message | Should -BeLike '*nobody can log in by SSH now.'
    }

    It 'wants a whole fingerprint' {
        { Revoke-AsterisellSshAccess ssh-revoke -Fingerprint 'SHA256:*' } | Should -Throw -ErrorId 'FingerprintInvalid,*'
        { Revoke-AsterisellSshAccess ssh-revoke } | Should -Throw -ErrorId 'KeyMissing,*'
    }
}
