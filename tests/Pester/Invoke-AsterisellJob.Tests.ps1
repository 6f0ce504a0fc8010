BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Start-LabInstance local/job-run '--no-cron', '--cdrs', '200', '--months', '1', '--timezone', 'Asia/Tokyo'
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/job-run
    $null = Wait-AsterisellInstance job-run -TimeoutSec 90

    function Invoke-Inside([string] $Script) { Invoke-LabDocker local/job-run 'exec', 'job-run', 'bash', '-c', $Script }
    function Set-Fault([string] $Fault, [string] $State, [string] $Value) {
        $null = Invoke-Lab fault (@('local', 'job-run', $Fault, $State) + @($Value | Where-Object { $_ }))
    }
}
AfterAll {
    Remove-LabInstance local/job-run
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Invoke-AsterisellJob' {
    It 'gives every job of the pass, with UTC times, also while scheduled jobs are disabled' {
        $null = Disable-AsterisellJob job-run
        $before = [DateTimeOffset]::UtcNow.AddSeconds(-2)
        $run = Invoke-AsterisellJob job-run
        $null = Enable-AsterisellJob job-run
        $run | Should -BeOfType ([Asterisell.JobRun])
        $run.Status | Should -Be Succeeded
        $run.Jobs.Count | Should -BeGreaterThan 20
        $run.Jobs[0].Job | Should -Be RecalculateReportSets
        $run.Jobs[-1].Job | Should -Be AdviseAdminOfNewProblems
        $run.Jobs.State | Sort-Object -Unique | Should -Be Done
        $run.Jobs[0].CreatedAt | Should -BeGreaterThan $before
        $run.Jobs[-1].EndedAt | Should -BeLessThan ([DateTimeOffset]::UtcNow.AddSeconds(2))
        $run.Problems.Description | Should -Contain 'There are 2 calls that were not rated (direction 1).'
        Invoke-Inside 'ls -d /var/tmp/asterisell-pass.* 2>/dev/null || echo none' | Should -Be none
    }

    It 'runs nothing with -WhatIf' {
        $newest = (Get-AsterisellJob job-run -First 1).Id
        Invoke-AsterisellJob job-run -Force -WhatIf | Should -BeNullOrEmpty
        (Get-AsterisellJob job-run -First 1).Id | Should -Be $newest
    }

    It 'makes daily jobs due with -Force only' {
        $stamps = "cd /var/www/job-run/admin; m() { php asterisell.php manage get-database-`$1; }; mysql -u`$(m user) -p`$(m user-password) -N `$(m name) -e `"SELECT COUNT(*) FROM ar_lock WHERE name LIKE 'Backup%'`" 2>/dev/null"
        (Invoke-AsterisellJob job-run).Jobs | Where-Object Job -EQ BackupOrganizationInfo | ForEach-Object Message | Should -Be 'not yet time'
        [int](Invoke-Inside $stamps) | Should -BeGreaterThan 0
        $run = Invoke-AsterisellJob job-run -Force
        $run.RemovedStamps | Should -BeGreaterThan 0
        $run.Jobs | Where-Object Job -EQ BackupOrganizationInfo | ForEach-Object Message | Should -Not -Be 'not yet time'
    }

    It 'fails when a job fails, where the application exits with 0' {
        Set-Fault job-throws on
        try { $run = Invoke-AsterisellJob job-run -ErrorVariable failed -ErrorAction SilentlyContinue }
        finally { Set-Fault job-throws off }
        $run.ExitCode | Should -Be 0
        $run.Status | Should -Be Failed
        $run.FailedJobs.Job | Should -Be CheckCallCostLimit
        $run.FailedJobs.Message | Should -Be 'this job throws on purpose'
        $run.Jobs.Count | Should -BeGreaterThan 20
        $run.Problems.Description | Should -Contain 'Error in the job CheckCallCostLimit: this job throws on purpose'
        $failed[0].FullyQualifiedErrorId | Should -Be 'JobsFailed,Asterisell.PowerShell.Commands.InvokeAsterisellJobCommand'
        $failed[0].TargetObject.Name | Should -Be job-run
    }

    It 'says where a pass broke off when PHP died' {
        Set-Fault php-fatal on
        try { $run = Invoke-AsterisellJob job-run -ErrorVariable failed -ErrorAction SilentlyContinue }
        finally { Set-Fault php-fatal off }
        $run.ExitCode | Should -Be 255
        $run.FailedJobs.Job | Should -Be ManageRateEvent
        $run.FailedJobs.State | Should -Be Abandoned
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'JobsFailed,*'
        "$($failed[0])" | Should -Match 'broke off at ManageRateEvent.*Fatal error'
    }

    It 'takes over the lock that the dead pass left, and says so' {
        $run = Invoke-AsterisellJob job-run
        $run.Status | Should -Be Succeeded
        $run.ClearedLock.Holder | Should -Be Dead
        $run.Problems.Description | Should -Contain '1 jobs were interrupted in a previous pass.'
    }

    It 'runs although the lock names a process id that is another program by now' {
        Set-Fault stale-lock-foreign on
        $run = Invoke-AsterisellJob job-run
        $run.Status | Should -Be Succeeded
        $run.ClearedLock.ProcessName | Should -Be nginx
        Set-Fault stale-lock-foreign off
    }

    It 'fails when pending upgrade jobs kept all jobs from running' {
        Set-Fault pending-upgrade-job on
        try { $run = Invoke-AsterisellJob job-run -ErrorVariable failed -ErrorAction SilentlyContinue }
        finally { Set-Fault pending-upgrade-job off }
        $run.ExitCode | Should -Be 0
        $run.Jobs | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'JobsFailed,*'
        "$($failed[0])" | Should -Match 'no job was run: There are pending .* upgrade jobs'
    }

    It 'keeps the log of a pass in debug mode as a file' {
        $folder = Join-Path $TestDrive 'logs/new'
        $run = Invoke-AsterisellJob job-run -DebugMode -LogPath $folder
        $run.Status | Should -Be Succeeded
        Split-Path $run.LogPath | Should -Be $folder
        $text = Get-Content $run.LogPath -Raw
        $text | Should -Match 'Start job: ManageRateEvent'
        $text | Should -Match '==> log/asterisell_dev.log <==\s+20\d\d-.* debug jobs'
        if (-not $IsWindows) { (Get-Item $run.LogPath).UnixFileMode | Should -Be 'UserWrite, UserRead' }
    }

    It 'goes on after Ctrl+C, which ends the waiting within two seconds' {
        Set-Fault long-job on 6
        $newest = (Get-AsterisellJob job-run -First 1).Id
        $stop = Measure-Stop { param($inventory) $env:ASTERISELL_INVENTORY = $inventory; Invoke-AsterisellJob job-run } $env:ASTERISELL_INVENTORY -After ([timespan]::FromSeconds(4))
        $stop.EndedBefore | Should -BeFalse
        $stop.Elapsed.TotalSeconds | Should -BeLessThan 2

        $again = Invoke-AsterisellJob job-run -ErrorVariable failed -ErrorAction SilentlyContinue
        $again.Status | Should -Be Skipped
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'JobsAlreadyRunning,*'
        "$($failed[0])" | Should -Match 'busy with php asterisell.php run jobs \(.*since 20\d\d-.* UTC\)'

        $null = Wait-AsterisellInstance job-run -For JobsIdle -TimeoutSec 60
        $jobs = Get-AsterisellJob job-run | Where-Object Id -GT $newest
        $jobs.Count | Should -BeGreaterThan 20
        $jobs.State | Sort-Object -Unique | Should -Be Done
    }

    It 'says that the pass goes on when its time is over' {
        $run = Invoke-AsterisellJob job-run -TimeoutSec 3 -ErrorVariable failed -ErrorAction SilentlyContinue
        $run.Status | Should -Be Failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'PassNotEnded,*'
        "$($failed[0])" | Should -Match 'goes on, now at ManageRateEvent'
        Set-Fault long-job off
        $null = Wait-AsterisellInstance job-run -For JobsIdle -TimeoutSec 60
    }
}
