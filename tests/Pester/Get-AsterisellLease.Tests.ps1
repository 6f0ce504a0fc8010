BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $env:XDG_STATE_HOME = Join-Path $TestDrive state
    Start-LabInstance local/leased '--no-cron', '--cdrs', '200', '--months', '1'
    # "planned" has no container: a lease does not need one.
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/leased, local/planned
    $null = Wait-AsterisellInstance leased -TimeoutSec 90

    # Another operator's PowerShell, which changes the instance until it is told to stop. It returns when it holds the lease.
    function Start-Operator {
        $null = Invoke-Lab fault local, leased, long-job, on, 300
        $start = [System.Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
        '-NoProfile', '-NonInteractive', '-Command', "Import-Module '$(Get-ModulePath)'; Invoke-AsterisellJob leased" | ForEach-Object { $start.ArgumentList.Add($_) }
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $operator = [System.Diagnostics.Process]::Start($start)
        $end = [datetime]::Now.AddSeconds(60)
        while (-not (Get-AsterisellLease leased)) { if ([datetime]::Now -gt $end) { throw 'The other operator does not begin.' } }
        $operator
    }
    function Stop-Pass {
        $null = Invoke-Lab fault local, leased, long-job, off
        $null = Disable-AsterisellJob leased -Wait -TimeoutSec 60 -LeaseTimeoutSec 60
        $null = Enable-AsterisellJob leased
    }
    function Get-Part { Invoke-LabDocker local/leased 'volume', 'ls', '--quiet', '--filter', 'label=org.asterisell.lease' }
    function Get-Trail { Get-Content (Join-Path $env:XDG_STATE_HOME asterisell/audit/*.jsonl) | ConvertFrom-Json }
}
AfterAll {
    Remove-LabInstance local/leased
    $env:ASTERISELL_INVENTORY = $env:XDG_STATE_HOME = $null
}

Describe 'A lease' {
    It 'names the other operator, whose work nobody else disturbs, and who is followed when told to wait' {
        $operator = Start-Operator
        $lease = Get-AsterisellLease leased
        $lease | Should -BeOfType ([Asterisell.AsterisellLease])
        $lease.Owner | Should -Be ([Environment]::UserName)
        $lease.ProcessId | Should -Be $operator.Id
        $lease.Reason | Should -Be Invoke-AsterisellJob
        $lease.State | Should -Be Active
        (Get-AsterisellLease).Name | Should -Be leased

        $result = Disable-AsterisellWeb leased -ErrorVariable failed -ErrorAction SilentlyContinue
        $result.Status | Should -Be Failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'LeaseHeld,*'
        $failed[0].CategoryInfo.Category | Should -Be ResourceExists
        "$($failed[0])" | Should -Match "Invoke-AsterisellJob by .* \(process $($operator.Id)\) is changing it since"
        (Get-AsterisellStatus leased).Locks.WebLocked | Should -BeFalse
        Invoke-AsterisellCommand leased -Command cat, VERSION | Should -Not -BeNullOrEmpty

        $stop = Measure-Stop { param($inventory) $env:ASTERISELL_INVENTORY = $inventory; Disable-AsterisellWeb leased -LeaseTimeoutSec 60 } $env:ASTERISELL_INVENTORY -After ([timespan]::FromSeconds(3))
        $stop.EndedBefore | Should -BeFalse
        $stop.Elapsed.TotalSeconds | Should -BeLessThan 2

        $null = Invoke-Lab fault local, leased, long-job, off
        (Disable-AsterisellWeb leased -LeaseTimeoutSec 60).Status | Should -Be Succeeded
        (Enable-AsterisellWeb leased).Status | Should -Be Succeeded
        $operator.WaitForExit(30000) | Should -BeTrue
        Get-AsterisellLease | Should -BeNullOrEmpty
        Get-Part | Should -BeNullOrEmpty
    }

    It 'of a killed PowerShell is taken over at once, with a warning and a line in the audit trail' {
        $operator = Start-Operator
        $lease = Get-AsterisellLease leased
        $operator.Kill($true)
        $operator.WaitForExit()
        (Get-AsterisellLease leased).State | Should -Be Abandoned
        $result = Disable-AsterisellWeb leased -WarningVariable told -WarningAction SilentlyContinue
        $result.Status | Should -Be Succeeded
        "$told" | Should -Match "process $($operator.Id)\).* Its lease is taken over"
        $lines = @(Get-Trail | Where-Object change -EQ @(Get-Trail | Where-Object event -EQ TakeOver)[-1].change)
        $lines.event | Should -Be Begin, TakeOver, End
        $lines[1].message | Should -Match "Invoke-AsterisellJob by .* \(process $($operator.Id)\)"
        $lines[2].result | Should -Be Succeeded
        # The killed change has no end.
        @(Get-Trail | Where-Object { $_.processId -EQ $operator.Id }).event | Should -Be Begin
        $null = Enable-AsterisellWeb leased
        Get-Part | Should -BeNullOrEmpty
        Stop-Pass
    }

    It 'goes with Ctrl+C' {
        $null = Invoke-Lab fault local, leased, long-job, on, 300
        $stop = Measure-Stop { param($inventory) $env:ASTERISELL_INVENTORY = $inventory; Invoke-AsterisellJob leased } $env:ASTERISELL_INVENTORY -After ([timespan]::FromSeconds(3))
        $stop.EndedBefore | Should -BeFalse
        $stop.Elapsed.TotalSeconds | Should -BeLessThan 2
        $end = [datetime]::Now.AddSeconds(5)
        while ((Get-Part) -and [datetime]::Now -lt $end) { }
        Get-Part | Should -BeNullOrEmpty
        Stop-Pass
    }

    It 'is no volume of an instance, and no container is needed for it' {
        $null = Invoke-LabDocker local/leased 'volume', 'create', '--label', 'org.asterisell.lease=Hold', '--label', 'org.asterisell.lease.instance=planned', '--label', 'org.asterisell.lease.owner=jane', '--label', 'org.asterisell.lease.machine=elsewhere', 'asterisell-lease.planned'
        try {
            (Get-AsterisellVolume local).VolumeName | Should -Not -Contain asterisell-lease.planned
            (Get-AsterisellLease planned).Machine | Should -Be elsewhere
            $null = Install-AsterisellInstance planned -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'LeaseHeld,*'
        }
        finally { $null = Invoke-LabDocker local/leased 'volume', 'rm', 'asterisell-lease.planned' }
    }

    It 'is nothing that -WhatIf takes or writes down' {
        $before = @(Get-Trail).Count
        Disable-AsterisellWeb leased -WhatIf
        @(Get-Trail).Count | Should -Be $before
    }
}
