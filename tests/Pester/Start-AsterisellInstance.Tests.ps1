BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.StartAsterisellInstanceCommand'
    Start-LabInstance local/power-start '--no-cron', '--cdrs', '200', '--months', '1'
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/power-start
}
AfterAll {
    Remove-LabInstance local/power-start
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Start-AsterisellInstance' {
    It 'finds nothing to do where a healthy instance runs' {
        (Start-AsterisellInstance power-start -WaitTimeoutSec 90).Status | Should -Be Unchanged
    }

    It 'starts nothing with -WhatIf' {
        Stop-LabInstance local/power-start
        Start-AsterisellInstance power-start -WhatIf | Should -BeNullOrEmpty
        Invoke-LabDocker local/power-start 'inspect', '--format', '{{.State.Running}}', 'power-start' | Should -Be 'false'
    }

    It 'returns when database and web answer' {
        $result = Start-AsterisellInstance power-start -WaitTimeoutSec 90
        $result.Status | Should -Be Succeeded
        $result.Message | Should -BeLike 'Started; healthy after *'
    }

    It 'names what is missing when its time is over; with -NoWait it asks nothing' {
        $null = Invoke-LabDocker local/power-start 'exec', 'power-start', 'bash', '-c', 'echo 20 > /etc/asterisell-lab/faults/mysql-slow'
        Stop-LabInstance local/power-start
        (Start-AsterisellInstance power-start -NoWait).Message | Should -BeLike '*not waited for*'
        Start-AsterisellInstance power-start -WaitTimeoutSec 3 -ErrorVariable failed -ErrorAction SilentlyContinue | ForEach-Object Status | Should -Be Failed
        $failed.FullyQualifiedErrorId | Should -Be "WaitTimeout,$errorClass"
        "$failed" | Should -BeLike '*the database does not answer*'
    }

    It 'answers Ctrl+C within two seconds' {
        $null = Invoke-LabDocker local/power-start 'exec', 'power-start', 'bash', '-c', 'echo 60 > /etc/asterisell-lab/faults/mysql-slow'
        Stop-LabInstance local/power-start
        $stopped = Measure-Stop { param($inventory) Start-AsterisellInstance power-start -InventoryPath $inventory } $env:ASTERISELL_INVENTORY -After ([timespan]::FromSeconds(3))
        $stopped.EndedBefore | Should -BeFalse
        $stopped.Elapsed.TotalSeconds | Should -BeLessThan 2
    }
}
