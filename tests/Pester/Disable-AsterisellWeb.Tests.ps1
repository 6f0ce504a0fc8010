BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Start-LabInstance local/web-switch '--no-cron', '--cdrs', '200', '--months', '1'
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/web-switch
    $null = Wait-AsterisellInstance web-switch -TimeoutSec 90

    function Invoke-Inside([string] $Script) { Invoke-LabDocker local/web-switch 'exec', 'web-switch', 'bash', '-c', $Script }
    function Get-Page([string] $Path = '/') {
        $page = "$(Invoke-LabDocker local/web-switch 'exec', 'web-switch', 'curl', '-s', "http://127.0.0.1$Path")"
        if ($page -match 'id=maintenance') { 'notice' } elseif ($page -match 'id=calls') { 'application' } else { $page }
    }
}
AfterAll {
    Remove-LabInstance local/web-switch
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Disable-AsterisellWeb' {
    It 'keeps customers out, and lets them in again' {
        $result = Disable-AsterisellWeb web-switch
        $result | Should -BeOfType ([Asterisell.LockResult])
        $result.Status | Should -Be Succeeded
        $result.Before.WebLocked | Should -BeFalse
        $result.After.WebLocked | Should -BeTrue
        $result.Message | Should -BeLike '*their page says so.'
        Get-Page | Should -Be notice
        Get-Page /admin/ | Should -Be application
        (Disable-AsterisellWeb web-switch).Status | Should -Be Unchanged
        $result = Enable-AsterisellWeb web-switch
        $result.Status | Should -Be Succeeded
        Get-Page | Should -Be application
        (Enable-AsterisellWeb web-switch).Status | Should -Be Unchanged
    }

    It 'changes nothing with -WhatIf' {
        Disable-AsterisellWeb web-switch -WhatIf | Should -BeNullOrEmpty
        Get-Page | Should -Be application
    }

    It 'sets the lock again that silently-activate deletes' {
        # It is held at its begin until the lock is there, so that it is sure to delete it.
        $activate = @'
            cd /var/www/web-switch/admin
            php asterisell.php silently-activate &
            until [ "$(tr '\0' ' ' < /proc/$!/cmdline)" = 'php asterisell.php silently-activate ' ]; do :; done
            kill -STOP $!
            until [ -e ../user/REMOVE_ME_FOR_ENABLING_ASTERISELL_APP ]; do sleep 0.05; done
            kill -CONT $!
            wait
'@
        $null = Invoke-LabDocker local/web-switch 'exec', '--detach', 'web-switch', 'bash', '-c', $activate
        $null = Invoke-Inside 'until pgrep -f "^php asterisell.php silently-activate" >/dev/null; do sleep 0.05; done'
        $result = Disable-AsterisellWeb web-switch
        Invoke-Inside 'pgrep -f "[s]ilently-activate" || echo ended' | Should -Be ended
        $result.Message | Should -Match 'deleted .* and set again'
        Get-Page | Should -Be notice
        $null = Enable-AsterisellWeb web-switch
    }

    It 'does not wait for a job pass, which the application itself does for 100 seconds' {
        $null = Invoke-Lab fault local, web-switch, stale-lock-foreign, on
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        (Disable-AsterisellWeb web-switch).Status | Should -Be Succeeded
        (Enable-AsterisellWeb web-switch).Status | Should -Be Succeeded
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 20
        $null = Invoke-Lab fault local, web-switch, stale-lock-foreign, off
    }
}
