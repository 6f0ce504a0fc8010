BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Start-LabInstance local/job-switch '--no-cron', '--cdrs', '200', '--months', '1'
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/job-switch
    $null = Wait-AsterisellInstance job-switch -TimeoutSec 90

    function Invoke-Inside([string] $Script) { Invoke-LabDocker local/job-switch 'exec', 'job-switch', 'bash', '-c', $Script }
    function Get-Cron {
        Invoke-Inside '[ -e /var/www/job-switch/admin/data_files/messages/params/REMOVE_ME_FOR_ENABLING_ASTERISELL_CRON_JOB_PROCESSOR ] && echo locked || echo open'
    }
    # Begins a pass behind the module's back and returns when it holds the lock.
    function Start-Pass([int] $Seconds) {
        $null = Invoke-Lab fault local, job-switch, long-job, on, $Seconds
        $null = Invoke-LabDocker local/job-switch 'exec', '--detach', '--workdir', '/var/www/job-switch/admin', 'job-switch', 'php', 'asterisell.php', 'run', 'jobs'
        while (-not (Get-AsterisellStatus job-switch).Jobs.IsRunning) { }
    }
}
AfterAll {
    Remove-LabInstance local/job-switch
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Disable-AsterisellJob' {
    BeforeEach { $null = Enable-AsterisellJob job-switch }

    It 'locks and unlocks, and says when it was so already' {
        $result = Disable-AsterisellJob job-switch
        $result | Should -BeOfType ([Asterisell.LockResult])
        $result.Status | Should -Be Succeeded
        $result.Before.CronLocked | Should -BeFalse
        $result.After.CronLocked | Should -BeTrue
        Get-Cron | Should -Be locked
        (Disable-AsterisellJob job-switch -Wait).Status | Should -Be Unchanged
        (Enable-AsterisellJob job-switch).Status | Should -Be Succeeded
        Get-Cron | Should -Be open
        (Enable-AsterisellJob job-switch).Status | Should -Be Unchanged
    }

    It 'keeps the application from running scheduled jobs' {
        $null = Disable-AsterisellJob job-switch
        $null = Invoke-Inside 'cd /var/www/job-switch/admin && php asterisell.php run scheduled-jobs'
        Get-AsterisellJob job-switch | Should -BeNullOrEmpty
    }

    It 'changes nothing with -WhatIf' {
        Disable-AsterisellJob job-switch -Wait -WhatIf | Should -BeNullOrEmpty
        Get-Cron | Should -Be open
    }

    It 'waits for a pass, says what and since when, and leaves cron open when its time is over' {
        Start-Pass 6
        $result = Disable-AsterisellJob job-switch
        $result.Message | Should -Match 'still running: php asterisell.php run jobs \(.*since 20\d\d-.* UTC\)'
        $null = Enable-AsterisellJob job-switch
        $result = Disable-AsterisellJob job-switch -Wait -TimeoutSec 1 -ErrorVariable failed -ErrorAction SilentlyContinue
        $result.Status | Should -Be Failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'JobsStillRunning,*'
        "$($failed[0])" | Should -Match 'since 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC'
        Get-Cron | Should -Be open
        $result = Disable-AsterisellJob job-switch -Wait -TimeoutSec 60
        $result.Message | Should -Match 'was waited for'
        (Get-AsterisellStatus job-switch).Jobs.IsRunning | Should -BeFalse
        (Get-AsterisellJob job-switch).State | Sort-Object -Unique | Should -Be Done
        Get-Cron | Should -Be locked
    }

    It 'gives up the wait within two seconds of Ctrl+C, cron as it was' {
        Start-Pass 8
        $stop = Measure-Stop { param($inventory) $env:ASTERISELL_INVENTORY = $inventory; Disable-AsterisellJob job-switch -Wait } $env:ASTERISELL_INVENTORY -After ([timespan]::FromSeconds(3))
        $stop.EndedBefore | Should -BeFalse
        $stop.Elapsed.TotalSeconds | Should -BeLessThan 2
        Get-Cron | Should -Be open
        $null = Invoke-Lab fault local, job-switch, long-job, off
        $null = Disable-AsterisellJob job-switch -Wait -TimeoutSec 60
    }

    It 'removes the job lock of a dead process' {
        $null = Invoke-Lab fault local, job-switch, stale-lock-dead, on
        $result = Disable-AsterisellJob job-switch -Wait
        $result.ClearedLock.Holder | Should -Be Dead
        $result.Message | Should -Match 'there is no such process'
    }

    It 'works while the database is down, where the application itself cannot' {
        $null = Invoke-Lab fault local, job-switch, wrong-db-password, on
        try {
            $result = Disable-AsterisellJob job-switch -Wait
            $result.After.CronLocked | Should -BeTrue
            $result.Message | Should -Match 'the job lock could not be read'
        }
        finally { $null = Invoke-Lab fault local, job-switch, wrong-db-password, off }
    }

    It 'names an instance that does not run' {
        Stop-LabInstance local/job-switch
        Disable-AsterisellJob job-switch -ErrorVariable failed -ErrorAction SilentlyContinue | ForEach-Object Status | Should -Be Failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'InstanceNotRunning,*'
        $null = Invoke-LabDocker local/job-switch 'start', 'job-switch'
        $null = Wait-AsterisellInstance job-switch -TimeoutSec 90
    }
}
