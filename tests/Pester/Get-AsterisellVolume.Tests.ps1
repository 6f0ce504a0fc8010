BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $engine = 'local/x'
    Start-LabInstance local/vol-kept '--no-cron', '--no-data'
    Start-LabInstance local/vol-gone '--no-cron', '--no-data'
    $inventory = New-LabInventory $TestDrive local/vol-kept
    $env:ASTERISELL_INVENTORY = $inventory

    # An instance that was removed as the old howto says: its container is gone, its anonymous volume dangles.
    $mounts = '{{range .Mounts}}{{if eq .Destination "/var"}}{{.Name}}{{end}}{{end}}'
    $gone = Invoke-LabDocker local/vol-gone 'inspect', '--format', $mounts, 'vol-gone'
    $kept = Invoke-LabDocker local/vol-kept 'inspect', '--format', $mounts, 'vol-kept'
    $null = Invoke-LabDocker local/vol-gone 'rm', '-f', 'vol-gone'

    # An engine remembers its last 256 events; this mount is surely among them.
    $null = Invoke-LabDocker $engine 'run', '--rm', '--name', 'vol-again', '-v', "${gone}:/var", '--entrypoint', 'true', 'asterisell-lab:light'

    # Somebody else's: a named one, an anonymous one, one that looks a little like ours, one in use by a container with a /var of its own.
    $null = Invoke-LabDocker $engine 'volume', 'create', 'vol-foreign-named'
    $unnamed = Invoke-LabDocker $engine 'volume', 'create'
    $null = Invoke-LabDocker $engine 'run', '--rm', '-v', 'vol-foreign-web:/x', '--entrypoint', 'mkdir', 'asterisell-lab:light', '-p', '/x/www/shop/admin', '/x/lib/mysql'
    $null = Invoke-LabDocker $engine 'run', '-d', '--name', 'vol-foreign', '-v', 'vol-foreign-var:/var', 'asterisell-lab:light'
    $null = Invoke-LabDocker $engine 'volume', 'create', '--label', 'org.asterisell.instance=vol-old', '--label', 'org.asterisell.part=var', 'vol-old-var'
    $before = Invoke-LabDocker $engine 'volume', 'ls', '-q'
    function Get-OtherInstance { Invoke-LabDocker $engine 'ps', '-a', '--format', '{{.Names}}' | Where-Object { $_ -notlike 'vol-*' } }
}
AfterAll {
    Remove-LabLeftover local -Container 'vol-foreign', 'vol-kept', 'vol-gone' -Volume 'vol-foreign-named', 'vol-foreign-web', 'vol-foreign-var', 'vol-old-var', $gone, $unnamed
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Get-AsterisellVolume' {
    It 'shows the volumes of instances, also of one that is gone and of one that no inventory knows, and nobody else''s' {
        # Instances of other tests may run on the same host.
        $volumes = Get-AsterisellVolume local | Where-Object Name -NotIn (Get-OtherInstance)
        $volumes.VolumeName | Should -HaveCount 3
        ($volumes | Where-Object VolumeName -EQ $kept).State | Should -Be InUse
        $orphan = $volumes | Where-Object VolumeName -EQ $gone
        $orphan.Name | Should -Be vol-gone
        $orphan.State | Should -Be Orphan
        $orphan.Path | Should -Be /var
        $orphan.IsAnonymous | Should -BeTrue
        $orphan.Evidence.Kind | Should -Be Content, History
        "$($orphan.Evidence)" | Should -BeLike "*www/vol-gone/admin*the container 'vol-again'*mounted it at /var*"
        ($volumes | Where-Object VolumeName -EQ vol-old-var).Evidence.Kind | Should -Be Label
    }

    It 'leaves nothing behind of having looked' {
        Invoke-LabDocker $engine 'volume', 'ls', '-q' | Should -Be $before
        Invoke-LabDocker $engine 'ps', '-aq', '--filter', 'label=org.asterisell.scratch' | Should -BeNullOrEmpty
    }

    It 'gives those of one instance, by name or from the pipeline, and measures them' {
        Get-AsterisellVolume -Name vol-go* | ForEach-Object VolumeName | Should -Be $gone
        $one = Get-AsterisellInstance vol-kept | Get-AsterisellVolume -Measure
        $one.VolumeName | Should -Be $kept
        $one.SizeBytes | Should -BeGreaterThan 10MB
        (Get-AsterisellVolume -Orphan).Name | Where-Object { $_ -notin (Get-OtherInstance) } | Sort-Object | Should -Be vol-gone, vol-old
    }

    It 'says by a stable id that a host does not answer' {
        $file = Join-Path $TestDrive dead.yml
        Set-Content $file 'version: 1', "hosts: { dead: { endpoint: 'unix:///nowhere/docker.sock' } }"
        Get-AsterisellVolume -InventoryPath $file -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -Be 'NoEngine,Asterisell.PowerShell.Commands.GetAsterisellVolumeCommand'
    }
}
