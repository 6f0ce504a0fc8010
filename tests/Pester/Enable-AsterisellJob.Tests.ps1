BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Start-LabInstance local/job-enable '--no-cron', '--cdrs', '200', '--months', '1'
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/job-enable
    $null = Wait-AsterisellInstance job-enable -TimeoutSec 90

    function Invoke-Inside([string] $Script) { Invoke-LabDocker local/job-enable 'exec', 'job-enable', 'bash', '-c', $Script }
    function Get-Cron {
        Invoke-Inside '[ -e /var/www/job-enable/admin/data_files/messages/params/REMOVE_ME_FOR_ENABLING_ASTERISELL_CRON_JOB_PROCESSOR ] && echo locked || echo open'
    }
}
AfterAll {
    Remove-LabInstance local/job-enable
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Enable-AsterisellJob' {
    It 'removes a job lock whose process is another program by now, which would block every pass for ever' {
        $null = Invoke-Lab fault local, job-enable, stale-lock-foreign, on
        $result = Enable-AsterisellJob job-enable
        $result.Status | Should -Be Succeeded
        $result.Before.JobLock.Holder | Should -Be Foreign
        $result.ClearedLock.ProcessName | Should -Be nginx
        $result.ClearedLock.ProcessId | Should -BeGreaterThan 1
        $result.Message | Should -Match 'stale and is removed: \d+ is nginx now'
        $result.After.JobLock | Should -BeNullOrEmpty
        (Get-AsterisellStatus job-enable).Locks.JobLocked | Should -BeFalse
    }

    It 'lifts the lock of an operator, and changes nothing with -WhatIf' {
        $null = Disable-AsterisellJob job-enable
        Enable-AsterisellJob job-enable -WhatIf | Should -BeNullOrEmpty
        Get-Cron | Should -Be locked
        $result = Get-AsterisellInstance job-enable | Enable-AsterisellJob
        $result.Status | Should -Be Succeeded
        $result.Before.CronLocked | Should -BeTrue
        Get-Cron | Should -Be open
    }
}
