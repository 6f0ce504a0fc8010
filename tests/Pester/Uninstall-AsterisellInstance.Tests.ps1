BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Import-Module (Join-Path $PSScriptRoot Lifecycle.psm1)
    # Made by the old tool: an anonymous /var, -P, no labels.
    Start-LabInstance local/uni-old '--no-cron', '--cdrs', '200', '--months', '1'
    $null = Invoke-LabDocker local/x 'run', '-d', '--pull', 'never', '--name', 'uni-foreign', '-v', 'uni-foreign-data:/data', 'asterisell-lab:light'
    $null = Invoke-LabDocker local/x 'volume', 'create', 'uni-beside'
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/uni-old, local/uni-foreign, local/uni-extra, local/uni-none
    $cmdlet = 'Asterisell.PowerShell.Commands.UninstallAsterisellInstanceCommand'
    $backups = Join-Path $TestDrive backups
    $null = Wait-AsterisellInstance uni-old -TimeoutSec 90
}
AfterAll {
    Remove-LabLeftover local -Container 'uni-old', 'uni-foreign', 'uni-extra', 'uni-guest' -Volume 'uni-foreign-data', 'uni-beside', 'uni-extra-data'
    Remove-Installed local uni-old
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Uninstall-AsterisellInstance' {
    It 'prints every step with -WhatIf and touches nothing' {
        $before = Get-HostState local
        Uninstall-AsterisellInstance uni-old -Destination $backups -Force -WhatIf | Should -BeNullOrEmpty
        Get-HostState local | Should -Be $before
        Test-Path $backups | Should -BeFalse
    }

    It 'says with -WhatIf that it would be refused, where nobody says what becomes of the last backup' {
        $said = Invoke-FreshPowerShell @"
            Import-Module '$(Get-ModulePath)'
            `$env:ASTERISELL_INVENTORY = '$env:ASTERISELL_INVENTORY'
            Uninstall-AsterisellInstance uni-old -WhatIf
"@
        "$said" | Should -BeLike '*-Destination, or -SkipBackup*local/uni-old*'
        "$said" | Should -Not -BeLike '*Remove*'
    }

    It 'wants the name typed, and where nobody can type it, -Force' {
        $before = Get-HostState local
        $said = Invoke-FreshPowerShell @"
            Import-Module '$(Get-ModulePath)'
            `$env:ASTERISELL_INVENTORY = '$env:ASTERISELL_INVENTORY'
            try { Uninstall-AsterisellInstance uni-old -SkipBackup -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId }
            try { Uninstall-AsterisellInstance uni-old -SkipBackup -Confirm:`$false -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId }
"@
        @($said | Select-String ConfirmationImpossible) | Should -HaveCount 2
        Get-HostState local | Should -Be $before
    }

    It 'wants to know where the last backup goes' {
        $null = Uninstall-AsterisellInstance uni-old -Force -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -Be "LastBackupDestinationMissing,$cmdlet"
    }

    It 'never touches a container that nothing proves to be the instance''s' {
        $before = Get-HostState local
        $null = Uninstall-AsterisellInstance uni-foreign -SkipBackup -Force -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -Be "ContainerNotOurs,$cmdlet"
        Get-HostState local | Should -Be $before
    }

    It 'stops where the last backup fails, and leaves everything as it was' {
        $null = Invoke-Lab fault local, uni-old, dump-truncated, on
        $result = Uninstall-AsterisellInstance uni-old -Destination $backups -Force -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'BackupDump*'
        $result.Status | Should -Be Failed
        $result.Steps[-1].Step | Should -Be Backup
        $null = Invoke-Lab fault local, uni-old, dump-truncated, off
        $status = Get-AsterisellStatus uni-old
        $status.Condition | Should -Be Healthy
        $status.Locks.CronLocked | Should -BeFalse
    }

    It 'touches nothing while another container works on its data' {
        $volume = (Get-AsterisellVolume -Name uni-old).VolumeName
        $null = Invoke-LabDocker local/x 'create', '--pull', 'never', '--name', 'uni-guest', '-v', "${volume}:/guest", 'asterisell-lab:light'
        try {
            $before = Get-HostState local
            $null = Uninstall-AsterisellInstance uni-old -SkipBackup -Force -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed[0].FullyQualifiedErrorId | Should -Be "VolumeShared,$cmdlet"
            Get-HostState local | Should -Be $before
        }
        finally { $null = Invoke-LabDocker local/x 'rm', '-f', 'uni-guest' }
    }

    It 'leaves a volume that an operator gave its container by name, and says so' {
        Start-LabInstance local/uni-extra '--no-cron', '--no-data', '--', '-v', 'uni-extra-data:/srv/exchange'
        $result = Uninstall-AsterisellInstance uni-extra -SkipBackup -Force
        $result.Status | Should -Be Succeeded
        $result.Message | Should -BeLike '*uni-extra-data*'
        $state = Get-HostState local
        $state | Should -BeLike '*uni-extra-data*'
        $state.Replace('uni-extra-data', '') | Should -Not -BeLike '*uni-extra*'
    }

    It 'says that an instance is not installed' {
        (Uninstall-AsterisellInstance uni-none -Force -SkipBackup).Status | Should -Be Unchanged
    }

    It 'removes exactly the instance''s container and anonymous volume, after a backup that was tested' {
        $volume = (Get-AsterisellVolume -Name uni-old).VolumeName
        $result = Uninstall-AsterisellInstance uni-old -Destination $backups -Force
        $result.Status | Should -Be Succeeded
        $result.Steps.Step | Should -Be Backup, Mark, Stop, Container, Volumes, End
        $backup = Get-AsterisellBackup -Destination $backups
        $backup.LastTestPassed | Should -BeTrue
        $backup.LastTestLevel | Should -Be Content
        $backup.CallCount | Should -BeGreaterThan 100
        $state = Get-HostState local
        $state | Should -Not -BeLike '*uni-old*'
        $state | Should -Not -BeLike "*$volume*"
        foreach ($other in 'uni-foreign', 'uni-foreign-data', 'uni-beside') { $state | Should -BeLike "*$other*" }
    }
}
