BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    # Built on the lab's image of packages, so that no step has anything to fetch.
    $name = "asterisell-pester:$PID"
    $packages = 'php-cli, php-fpm, php-mysql, php-mbstring, php-xml, php-yaml'

    function New-ImageInventory([string] $More = '', [string[]] $Instance = @('local/pester-one', 'local/pester-two', 'milan/pester-three')) {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        $image = "image: { name: `"$name`", base: `"asterisell-lab:packages`", phpPackages: [$packages$More] }"
        $extra = @{}
        foreach ($one in $Instance) { $extra[$one] = $image }
        New-LabInventory $folder $Instance -Extra $extra
    }

    # Every image and container of both hosts.
    function Get-HostState {
        $lines = foreach ($engine in 'local/x', 'milan/x') {
            Invoke-LabDocker $engine 'images', '--all', '--no-trunc', '--format', '{{.Repository}}:{{.Tag}} {{.ID}}'
            Invoke-LabDocker $engine 'ps', '--all', '--no-trunc', '--format', '{{.ID}}'
        }
        $lines | Sort-Object
    }
}

AfterAll {
    foreach ($engine in 'local/x', 'milan/x') {
        if (Invoke-LabDocker $engine 'images', '--quiet', $name) { $null = Invoke-LabDocker $engine 'rmi', '--force', $name }
    }
}

Describe 'Build-AsterisellImage' {
    It 'says what it would build with -WhatIf, and touches nothing' {
        $file = New-ImageInventory
        $before = Get-HostState
        Build-AsterisellImage -InventoryPath $file -WhatIf | Should -BeNullOrEmpty
        Get-HostState | Should -Be $before
    }

    It 'builds once a host, here and behind ssh, and not again' {
        $file = New-ImageInventory
        $built = Build-AsterisellImage -InventoryPath $file -Network none | Sort-Object HostName
        $built.HostName | Should -Be local, milan
        $built.Status | Should -Be Succeeded, Succeeded
        $built.Image | Should -Be $name, $name
        $built[0].Instances | Should -Be pester-one, pester-two
        $built[0].SizeBytes | Should -BeGreaterThan 100MB

        $again = Build-AsterisellImage -InventoryPath $file | Sort-Object HostName
        $again.Status | Should -Be Unchanged, Unchanged
        $again.ImageId | Should -Be $built.ImageId

        $labels = (Invoke-LabDocker milan/x 'inspect', '--format', '{{json .Config.Labels}}', $name) | ConvertFrom-Json
        $labels.'org.asterisell.context' | Should -Match '^[0-9a-f]{64}$'
    }

    It 'takes instances and hosts from the pipeline' {
        $file = New-ImageInventory
        $of = Get-AsterisellInstance milan/pester-three -InventoryPath $file | Build-AsterisellImage -Force
        $of.HostName | Should -Be milan
        $of.Status | Should -Be Unchanged
        (Get-AsterisellHost local -InventoryPath $file | Build-AsterisellImage -InventoryPath $file).Instances | Should -Be pester-one, pester-two
        (Build-AsterisellImage pester-three -InventoryPath $file).HostName | Should -Be milan
    }

    It 'does every step anew with -NoCache' {
        $file = New-ImageInventory -Instance local/pester-one
        $before = (Build-AsterisellImage -InventoryPath $file).ImageId
        $built = Build-AsterisellImage -InventoryPath $file -NoCache -Network none
        $built.Status | Should -Be Succeeded
        $built.ImageId | Should -Not -Be $before
    }

    It 'tells which step failed with its last words, and goes on with the other hosts' {
        $file = New-ImageInventory -More ', no-such-package' -Instance local/pester-one
        $image = Invoke-LabDocker local/x 'images', '--quiet', $name
        $result = Build-AsterisellImage -InventoryPath $file -Network none -ErrorVariable failed -ErrorAction SilentlyContinue
        $? | Should -BeFalse
        $result.Status | Should -Be Failed
        $failed.FullyQualifiedErrorId | Should -Be 'ImageBuildFailed,Asterisell.PowerShell.Commands.BuildAsterisellImageCommand'
        $failed[0].Exception.Message | Should -BeLike '*install-packages*Installing 1 packages: no-such-package*'
        $failed[0].CategoryInfo.TargetName | Should -Be local
        $result.Message | Should -BeLike '*Installing 1 packages*'
        $result | Format-Table | Out-String -Width 120 | Should -Not -BeLike '*Installing 1 packages*' -Because 'the error has shown the last words'
        Invoke-LabDocker local/x 'images', '--quiet', $name | Should -Be $image
    }

    It 'shows a table that fits, without what nobody reads' {
        $file = New-ImageInventory -Instance local/pester-one
        $table = Build-AsterisellImage -InventoryPath $file | Format-Table | Out-String -Width 120
        $table | Should -Match 'Host\s+Image\s+Status\s+Size\s+Duration\s+Message'
        $table | Should -Match "local\s+asterisell-pester:$PID\s+\w+\s+\d+ MB"
    }

    It 'refuses what could be an option of apt' {
        $file = New-ImageInventory -More ', "--allow-unauthenticated"' -Instance local/pester-one
        { Build-AsterisellImage -InventoryPath $file } | Should -Throw -ErrorId 'InventoryInvalid,*'
    }

    It 'ends within two seconds of Ctrl+C' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive slow)
        Set-Content (Join-Path $folder Dockerfile) 'FROM asterisell-lab:light', 'RUN sleep 60'
        $extra = @{ 'local/pester-slow' = "image: { name: `"asterisell-pester:slow`", dockerfile: `"$folder/Dockerfile`" }" }
        $file = New-LabInventory $folder local/pester-slow -Extra $extra
        $stop = Measure-Stop { param($file) Build-AsterisellImage -InventoryPath $file -Network none } -Arguments $file -After ([timespan]::FromSeconds(4))
        $stop.EndedBefore | Should -BeFalse
        $stop.Elapsed.TotalSeconds | Should -BeLessThan 2
        # The engine ends the step too.
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        do { $left = Invoke-LabDocker local/x 'ps', '--quiet', '--filter', 'ancestor=asterisell-lab:light' }
        while ($left -and $watch.Elapsed.TotalSeconds -lt 20)
        $left | Should -BeNullOrEmpty
    }
}
