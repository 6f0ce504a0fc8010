BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.StopAsterisellInstanceCommand'
    Start-LabInstance local/power-stop '--no-cron', '--cdrs', '200', '--months', '1'
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/power-stop, milan/power-none
    $null = Wait-AsterisellInstance power-stop -TimeoutSec 90
}
AfterAll {
    Remove-LabInstance local/power-stop
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Stop-AsterisellInstance' {
    It 'says with -WhatIf what it would stop, and stops nothing' {
        Stop-AsterisellInstance * -WhatIf | Should -BeNullOrEmpty
        Invoke-LabDocker local/power-stop 'inspect', '--format', '{{.State.Running}}', 'power-stop' | Should -Be 'true'
    }

    It 'names the running pass when its time is over, and changes nothing' {
        $null = Invoke-LabDocker local/power-stop 'exec', 'power-stop', 'bash', '-c', 'echo 8 > /etc/asterisell-lab/faults/long-job'
        $null = Invoke-LabDocker local/power-stop 'exec', '--detach', '--workdir', '/var/www/power-stop/admin', 'power-stop', 'php', 'asterisell.php', 'run', 'jobs'
        Start-Sleep -Seconds 2
        $result = Stop-AsterisellInstance power-stop -DrainTimeoutSec 1 -Force -ErrorVariable failed -ErrorAction SilentlyContinue
        $result.Status | Should -Be Failed
        $failed.FullyQualifiedErrorId | Should -Be "JobsStillRunning,$errorClass"
        $failed.CategoryInfo.TargetName | Should -Be 'local/power-stop'
        Invoke-LabDocker local/power-stop 'inspect', '--format', '{{.State.Running}}', 'power-stop' | Should -Be 'true'
        $null = Wait-AsterisellInstance power-stop -For JobsIdle -TimeoutSec 60
    }

    It 'answers Ctrl+C within two seconds and leaves the instance as it was' {
        $null = Invoke-LabDocker local/power-stop 'exec', 'power-stop', 'bash', '-c', 'db=$(pidof mariadbd); kill -STOP $db; (sleep 6; kill -CONT $db) >/dev/null 2>&1 &'
        $stopped = Measure-Stop { param($inventory) Stop-AsterisellInstance power-stop -SkipDrain -InventoryPath $inventory } $env:ASTERISELL_INVENTORY -After ([timespan]::FromSeconds(2))
        $stopped.EndedBefore | Should -BeFalse
        $stopped.Elapsed.TotalSeconds | Should -BeLessThan 2
        (Wait-AsterisellInstance power-stop -TimeoutSec 60).Name | Should -Be power-stop
    }

    It 'stops, tells what was waited for, and finds nothing to do the second time' {
        $result = Stop-AsterisellInstance power-stop
        $result.Status | Should -Be Succeeded
        $result.Operation | Should -Be Stop
        $result.Message | Should -BeLike '*no job ran*the database ended by itself*'
        (Wait-AsterisellInstance power-stop -For Stopped -TimeoutSec 5).Name | Should -Be power-stop
        (Stop-AsterisellInstance power-stop).Status | Should -Be Unchanged
    }

    It 'names the instance that has no container' {
        Stop-AsterisellInstance power-none -ErrorVariable failed -ErrorAction SilentlyContinue | ForEach-Object Status | Should -Be Failed
        $failed.FullyQualifiedErrorId | Should -Be "ContainerNotFound,$errorClass"
    }
}
