BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $engine = 'local/x'
    Start-LabInstance local/vrm-live '--no-cron', '--no-data'
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/vrm-live
    $live = Invoke-LabDocker local/vrm-live 'inspect', '--format', '{{range .Mounts}}{{.Name}}{{end}}', 'vrm-live'
    $null = Invoke-LabDocker $engine 'volume', 'create', 'vrm-foreign'
    foreach ($name in 'vrm-one', 'vrm-two') {
        $null = Invoke-LabDocker $engine 'volume', 'create', '--label', "org.asterisell.instance=$name", $name
    }

    function Get-VolumeName { Invoke-LabDocker $engine 'volume', 'ls', '-q', '--filter', 'name=vrm-' }
}
AfterAll {
    Remove-LabInstance local/vrm-live
    Remove-LabLeftover local -Volume 'vrm-foreign', 'vrm-one', 'vrm-two'
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Remove-AsterisellVolume' {
    It 'removes nothing with -WhatIf' {
        Get-AsterisellVolume -Name vrm-* | Where-Object State -EQ Orphan | Remove-AsterisellVolume -WhatIf | Should -BeNullOrEmpty
        Get-VolumeName | Should -Be vrm-foreign, vrm-one, vrm-two
    }

    It 'never removes a volume in use' {
        Get-AsterisellVolume -Name vrm-live | Remove-AsterisellVolume -Force -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -Be 'VolumeInUse,Asterisell.PowerShell.Commands.RemoveAsterisellVolumeCommand'
        "$($failed[0])" | Should -BeLike "local/vrm-live ${live}: the container 'vrm-live' has it*Uninstall-AsterisellInstance local/vrm-live*"
        Invoke-LabDocker $engine 'volume', 'inspect', '--format', '{{.Name}}', $live | Should -Be $live
    }

    It 'never removes what is not provably of an instance, and goes on with the others' {
        $result = Remove-AsterisellVolume vrm-foreign, vrm-one, vrm-missing -HostName local -Force -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be (@('VolumeNotOurs,Asterisell.PowerShell.Commands.RemoveAsterisellVolumeCommand') * 2)
        $result.Status | Should -Be Succeeded
        $result.Name | Should -Be vrm-one
        Get-VolumeName | Should -Be vrm-foreign, vrm-two
    }

    It 'does not believe an object that says another instance''s volume were an orphan' {
        $forged = Get-AsterisellVolume -Name vrm-two
        $forged = [Asterisell.AsterisellVolume]@{ Name = $forged.Name; HostName = 'local'; VolumeName = 'vrm-foreign'; State = 'Orphan' }
        $forged | Remove-AsterisellVolume -Force -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'VolumeNotOurs,*'
        Get-VolumeName | Should -Contain vrm-foreign
    }

    It 'asks, naming volume, instance and evidence, and a no removes nothing' {
        $said = Invoke-FreshPowerShell @"
            Import-Module '$(Get-ModulePath)'
            `$env:ASTERISELL_INVENTORY = '$env:ASTERISELL_INVENTORY'
            Remove-AsterisellVolume vrm-two -HostName local 2>&1 | Out-String
"@
        # Nobody can be asked there: that is an error, not a yes.
        "$said" | Should -Not -BeLike '*Succeeded*'
        Get-VolumeName | Should -Contain vrm-two
    }

    It 'takes one from the pipeline' {
        $result = Get-AsterisellVolume -Name vrm-two | Remove-AsterisellVolume -Confirm:$false
        $result.Status | Should -Be Succeeded
        Get-VolumeName | Should -Be vrm-foreign
    }
}
