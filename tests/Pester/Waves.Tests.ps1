BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $all = 'local/wave-a', 'local/wave-b', 'local/wave-c', 'local/wave-d'
    foreach ($one in $all) { Start-LabInstance $one '--no-cron', '--no-data' }
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive $all
    $null = Wait-AsterisellInstance wave-* -TimeoutSec 90
    function Get-Started([string] $Name) { [datetimeoffset] (Invoke-LabDocker local/x 'inspect', '--format', '{{.State.StartedAt}}', $Name) }
}
AfterAll {
    foreach ($one in $all) { Remove-LabInstance $one }
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Sets of instances in waves' {
    It 'stops all, and restarts none of what is stopped' {
        $results = Stop-AsterisellInstance wave-* -SkipDrain
        $results.Status | Should -Be (, 'Succeeded' * 4)
        (Restart-AsterisellInstance wave-*).Status | Should -Be (, 'Unchanged' * 4)
    }

    It 'begins a wave when the one before has ended' {
        $results = Start-AsterisellInstance wave-* -BatchSize 1, 50% -WaitTimeoutSec 90
        $results.Status | Should -Be (, 'Succeeded' * 4)
        $ordered = $results | Sort-Object StartedAt
        $ordered[1].StartedAt | Should -BeGreaterOrEqual ($ordered[0].StartedAt + $ordered[0].Duration)
        $ordered[2].StartedAt | Should -BeLessThan ($ordered[1].StartedAt + $ordered[1].Duration)
        $ordered[3].StartedAt | Should -BeGreaterOrEqual ($ordered[1].StartedAt + $ordered[1].Duration)
    }

    It 'begins nothing new after a failure, says what was not begun, and that pipes back in' {
        $null = Invoke-LabDocker local/x 'pause', 'wave-a'
        $before = 'wave-b', 'wave-c', 'wave-d' | ForEach-Object { Get-Started $_ }
        $results = Restart-AsterisellInstance wave-a, wave-b, wave-c, wave-d -BatchSize 1 -WaitTimeoutSec 60 -ErrorVariable failed -ErrorAction SilentlyContinue -WarningVariable warned -WarningAction SilentlyContinue
        $results.Status | Should -Be Failed, Skipped, Skipped, Skipped
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'StopRefused,*'
        "$warned" | Should -BeLike '3 of 4 instances were not begun*'
        'wave-b', 'wave-c', 'wave-d' | ForEach-Object { Get-Started $_ } | Should -Be $before

        $null = Invoke-LabDocker local/x 'unpause', 'wave-a'
        $again = $results | Where-Object Status -NE Succeeded | Restart-AsterisellInstance -SkipDrain -ThrottleLimit 2 -WaitTimeoutSec 90
        $again.Status | Should -Be (, 'Succeeded' * 4)
        'wave-b', 'wave-c', 'wave-d' | ForEach-Object { Get-Started $_ } | Should -Not -Be $before
    }

    It 'goes on over as many failures as -MaxFailure tolerates' {
        $null = Invoke-LabDocker local/x 'pause', 'wave-a'
        try {
            $results = Restart-AsterisellInstance wave-* -SkipDrain -BatchSize 1 -MaxFailure 1 -WaitTimeoutSec 60 -ErrorAction SilentlyContinue
            $results.Status | Should -Be Failed, Succeeded, Succeeded, Succeeded
        }
        finally {
            $null = Invoke-LabDocker local/x 'unpause', 'wave-a'
        }
    }
}
