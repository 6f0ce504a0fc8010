BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.WaitAsterisellInstanceCommand'
    Start-LabInstance local/power-wait '--no-cron', '--cdrs', '200', '--months', '1'
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/power-wait
}
AfterAll {
    Remove-LabInstance local/power-wait
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Wait-AsterisellInstance' {
    It 'passes the instance on when it is <_>' -ForEach Running, Healthy, JobsIdle {
        $instance = Get-AsterisellInstance power-wait | Wait-AsterisellInstance -For $_ -TimeoutSec 90
        $instance | Should -BeOfType Asterisell.AsterisellInstance
        $instance.ToString() | Should -Be local/power-wait
    }

    It 'names what is missing when its time is over' {
        Wait-AsterisellInstance power-wait -For Stopped -TimeoutSec 2 -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -Be "WaitTimeout,$errorClass"
        $failed.CategoryInfo.Category | Should -Be OperationTimeout
        "$failed" | Should -BeLike '*was not Stopped within 2 s: the container is running.*'
    }

    It 'waits for a job pass' {
        $null = Invoke-LabDocker local/power-wait 'exec', 'power-wait', 'bash', '-c', 'echo 5 > /etc/asterisell-lab/faults/long-job'
        $null = Invoke-LabDocker local/power-wait 'exec', '--detach', '--workdir', '/var/www/power-wait/admin', 'power-wait', 'php', 'asterisell.php', 'run', 'jobs'
        Start-Sleep -Seconds 2
        Wait-AsterisellInstance power-wait -For JobsIdle -TimeoutSec 1 -ErrorVariable failed -ErrorAction SilentlyContinue
        "$failed" | Should -BeLike '*still runs: *run jobs*'
        (Wait-AsterisellInstance power-wait -For JobsIdle -TimeoutSec 60).Name | Should -Be power-wait
    }

    It 'answers Ctrl+C within two seconds' {
        $stopped = Measure-Stop { param($inventory) Wait-AsterisellInstance power-wait -For Stopped -InventoryPath $inventory } $env:ASTERISELL_INVENTORY -After ([timespan]::FromSeconds(3))
        $stopped.EndedBefore | Should -BeFalse
        $stopped.Elapsed.TotalSeconds | Should -BeLessThan 2
    }
}
