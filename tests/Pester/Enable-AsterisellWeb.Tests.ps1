BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Start-LabInstance local/web-enable '--no-cron', '--cdrs', '200', '--months', '1'
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/web-enable
    $null = Wait-AsterisellInstance web-enable -TimeoutSec 90

    function Invoke-Inside([string] $Script) { Invoke-LabDocker local/web-enable 'exec', 'web-enable', 'bash', '-c', $Script }
    function Get-Page([string] $Path = '/') {
        $page = "$(Invoke-LabDocker local/web-enable 'exec', 'web-enable', 'curl', '-s', "http://127.0.0.1$Path")"
        if ($page -match 'id=maintenance') { 'notice' } elseif ($page -match 'id=calls') { 'application' } else { $page }
    }
}
AfterAll {
    Remove-LabInstance local/web-enable
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Enable-AsterisellWeb' {
    It 'changes nothing with -WhatIf' {
        $null = Invoke-Inside 'touch /var/www/web-enable/user/REMOVE_ME_FOR_ENABLING_ASTERISELL_APP'
        Enable-AsterisellWeb web-enable -WhatIf | Should -BeNullOrEmpty
        Get-Page | Should -Be notice
        (Enable-AsterisellWeb web-enable).Status | Should -Be Succeeded
        Get-Page | Should -Be application
    }

    It 'says that the lock is lifted but customers cannot work, when the page does not answer' {
        $null = Invoke-Lab fault local, web-enable, nginx-rejected, on
        $result = Disable-AsterisellWeb web-enable
        $result.Status | Should -Be Succeeded
        $result.Message | Should -BeLike '*page cannot be asked: nobody answers on port 80.'
        Enable-AsterisellWeb web-enable -ErrorVariable failed -ErrorAction SilentlyContinue | ForEach-Object Status | Should -Be Failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'WebNotEnabled,*'
        (Get-AsterisellStatus web-enable).Locks.WebLocked | Should -BeFalse
    }
}
