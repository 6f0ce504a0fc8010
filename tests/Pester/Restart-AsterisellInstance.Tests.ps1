BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Start-LabInstance local/power-restart '--no-cron', '--cdrs', '200', '--months', '1'
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/power-restart
    $null = Wait-AsterisellInstance power-restart -TimeoutSec 90
    $flag = '/var/www/power-restart/admin/data_files/messages/params/REMOVE_ME_FOR_ENABLING_ASTERISELL_CRON_JOB_PROCESSOR'
}
AfterAll {
    Remove-LabInstance local/power-restart
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Restart-AsterisellInstance' {
    It 'restarts, and a cron that was disabled on purpose stays disabled' {
        $null = Invoke-LabDocker local/power-restart 'exec', 'power-restart', 'bash', '-c', "echo mine > $flag"
        $before = Invoke-LabDocker local/power-restart 'inspect', '--format', '{{.State.StartedAt}}', 'power-restart'
        $result = Restart-AsterisellInstance power-restart -WaitTimeoutSec 90
        $result.Status | Should -Be Succeeded
        $result.Message | Should -BeLike 'Restarted; *the database ended by itself*healthy after*'
        Invoke-LabDocker local/power-restart 'inspect', '--format', '{{.State.StartedAt}}', 'power-restart' | Should -Not -Be $before
        Invoke-LabDocker local/power-restart 'exec', 'power-restart', 'cat', $flag | Should -Be mine
    }

    It 'restarts nothing with -WhatIf' {
        $before = Invoke-LabDocker local/power-restart 'inspect', '--format', '{{.State.StartedAt}}', 'power-restart'
        Restart-AsterisellInstance power-restart -WhatIf | Should -BeNullOrEmpty
        Invoke-LabDocker local/power-restart 'inspect', '--format', '{{.State.StartedAt}}', 'power-restart' | Should -Be $before
    }

    It 'shows each step with -WhatIf' {
        $said = Invoke-FreshPowerShell "Import-Module '$(Get-ModulePath)'; Restart-AsterisellInstance power-restart -ApplyConfiguration -WhatIf -InventoryPath '$env:ASTERISELL_INVENTORY'"
        "$said" | Should -BeLike '*files that differ*wait for a running pass, 600 s*End the database*Start the container*local/power-restart*'
        @($said | Where-Object { $_ -like 'What if:*' }).Count | Should -Be 4
    }

    It 'leaves a stopped instance stopped and says how to start it' {
        Stop-LabInstance local/power-restart
        $result = Restart-AsterisellInstance power-restart
        $result.Status | Should -Be Unchanged
        $result.Message | Should -BeLike '*Start-AsterisellInstance local/power-restart'
        Invoke-LabDocker local/power-restart 'inspect', '--format', '{{.State.Running}}', 'power-restart' | Should -Be 'false'
    }
}
