BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Start-LabInstance local/set-admin '--no-cron', '--cdrs', '200', '--months', '1'
    Start-LabInstance local/set-admin-off '--no-cron', '--cdrs', '200', '--months', '1'
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/set-admin, local/set-admin-off
    $null = Wait-AsterisellInstance set-admin -TimeoutSec 90
    Stop-LabInstance local/set-admin-off

    function New-Credential([string] $Login, [string] $Password) {
        [pscredential]::new($Login, (ConvertTo-SecureString $Password -AsPlainText -Force))
    }
    function Get-LoginAnswer([string] $Login, [string] $Password) {
        $page = Invoke-LabDocker local/set-admin 'exec', 'set-admin', 'curl', '-s', '--data-urlencode', "login=$Login", '--data-urlencode', "password=$Password", 'http://127.0.0.1/admin/'
        "$page" -match '<p id=login>(\w+)' ? $Matches[1] : "$page"
    }
}
AfterAll {
    Remove-LabInstance local/set-admin
    Remove-LabInstance local/set-admin-off
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Set-AsterisellAdmin' {
    It 'creates a login, which works on the web page, and leaves the other administrator alone' {
        $result = Set-AsterisellAdmin set-admin -Credential (New-Credential chief 'blue horse battery 7')
        $result | Should -BeOfType ([Asterisell.AdminResult])
        $result.Status | Should -Be Succeeded
        $result.Login | Should -Be chief
        $result.OtherAdmins | Should -Be admin
        Get-LoginAnswer chief 'blue horse battery 7' | Should -Be welcome
        Get-LoginAnswer admin admin | Should -Be welcome
    }

    It 'says that nothing changed when the login has that password' {
        (Set-AsterisellAdmin set-admin -Credential (New-Credential chief 'blue horse battery 7')).Status | Should -Be Unchanged
    }

    It 'changes nothing with -WhatIf' {
        Set-AsterisellAdmin set-admin -Credential (New-Credential chief 'green horse battery 8') -WhatIf | Should -BeNullOrEmpty
        Get-LoginAnswer chief 'blue horse battery 7' | Should -Be welcome
    }

    It 'takes a weak password only with -Force, and names neither it nor a stack' {
        $result = Set-AsterisellAdmin set-admin -Credential (New-Credential chief 'Password-2026') -ErrorVariable failed -ErrorAction SilentlyContinue
        $result.Status | Should -Be Failed
        $result.Login | Should -Be chief
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'PasswordWeak,*'
        "$($failed[0])" | Should -Not -Match 'Password-2026|   at '
        (Set-AsterisellAdmin set-admin -Credential (New-Credential chief 'Password-2026') -Force).Status | Should -Be Succeeded
        Get-LoginAnswer chief 'Password-2026' | Should -Be welcome
    }

    It 'never takes a password that the login page refuses' {
        Set-AsterisellAdmin set-admin -Credential (New-Credential chief 'correct-horse-battery!') -Force -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'PasswordNotAccepted,*'
    }

    It 'goes on with the others when one does not run' {
        $results = Get-AsterisellInstance | Set-AsterisellAdmin -Credential (New-Credential second 'blue horse battery 9') -ErrorVariable failed -ErrorAction SilentlyContinue
        ($results | Where-Object Status -EQ Succeeded).Name | Should -Be set-admin
        ($results | Where-Object Status -EQ Failed).Name | Should -Be set-admin-off
        $failed.FullyQualifiedErrorId | Should -BeLike 'InstanceNotRunning,*'
    }
}
