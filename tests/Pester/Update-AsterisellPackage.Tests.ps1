BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.UpdateAsterisellPackageCommand'
    $script = Get-Content (Join-Path $PSScriptRoot lab-packages.sh) -Raw
    function Invoke-Inside([string] $Bash) { Invoke-LabDocker local/pkg-update 'exec', 'pkg-update', 'bash', '-c', $Bash }
    function Add-Package([string] $Kind) { $null = Invoke-LabDocker local/pkg-update 'exec', 'pkg-update', 'bash', '-c', $script, 'lab', $Kind }
    function Get-State {
        # Everything that an update may touch and an undo has to put back; times of files of the package manager's own logs are not among it.
        Invoke-Inside 'dpkg-query -W; dpkg --audit; find /etc /usr/share/lab-* -type f -print0 | sort -z | xargs -0 md5sum; ls -A /var/lib | sort; ls /usr/sbin/policy-rc.d; ls /var/www/pkg-update/user/REMOVE* /var/www/pkg-update/admin/data_files/messages/params/REMOVE* 2>/dev/null; true'
    }
    $flag = '/var/www/pkg-update/admin/data_files/messages/params/REMOVE_ME_FOR_ENABLING_ASTERISELL_CRON_JOB_PROCESSOR'
    Start-LabInstance local/pkg-update '--no-cron', '--cdrs', '100', '--months', '1'
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/pkg-update
    $null = Wait-AsterisellInstance pkg-update -TimeoutSec 60
}
AfterAll {
    Remove-LabInstance local/pkg-update
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Update-AsterisellPackage' {
    It 'leaves an instance whose repositories do not answer as it is' {
        $null = Invoke-Inside 'echo "deb http://127.0.0.1:9/ stable main" > /etc/apt/sources.list'
        $before = Get-State
        $result = Update-AsterisellPackage pkg-update -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be "RepositoryUnreachable,$errorClass"
        $result.Status | Should -Be Failed
        Compare-Object $before (Get-State) | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
    }

    It 'lists with -WhatIf what would be updated, and changes nothing' {
        Add-Package first
        $before = Get-State
        Update-AsterisellPackage pkg-update -WhatIf | Should -BeNullOrEmpty
        $said = Invoke-FreshPowerShell "Import-Module '$(Get-ModulePath)'; Update-AsterisellPackage pkg-update -WhatIf -InventoryPath '$env:ASTERISELL_INVENTORY'"
        $said | Should -BeLike '*Update 2 packages (1 for security): *lab-tool 1.0 -> 2.0*local/pkg-update*'
        Compare-Object $before (Get-State) | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
    }

    It 'updates only the packages that come through the pipeline, and leaves a cron lock that was there' {
        $null = Invoke-Inside "echo mine > $flag; echo 'setting = 2' > /etc/lab-tool.conf"
        $result = Get-AsterisellPackage pkg-update -Pending -Package lab-tool | Update-AsterisellPackage -Confirm:$false
        $result | Should -BeOfType Asterisell.PackageUpdateResult
        $result.Status | Should -Be Succeeded
        "$($result.Changes)" | Should -Be 'lab-tool 1.0 -> 2.0'
        $result.RestartedServices | Should -BeNullOrEmpty
        Invoke-Inside "cat $flag /etc/lab-tool.conf /usr/share/lab-tool/version; ls /usr/share/lab-tool; rm $flag" | Should -Be mine, 'setting = 2', two, only-two, version
    }

    It 'restarts the services that ran with replaced libraries, the database among them' {
        $before = (Get-AsterisellStatus pkg-update).Services
        $result = Update-AsterisellPackage pkg-update -SecurityOnly -Confirm:$false
        $result.Status | Should -Be Succeeded
        "$($result.Changes)" | Should -Be 'libpcre2-8-0 10.42-1 -> 99.1'
        $result.Changes[0].IsSecurity | Should -BeTrue
        $result.RestartedServices | Should -Contain mysql
        $result.RestartedServices | Should -Contain nginx
        $after = (Get-AsterisellStatus pkg-update).Services
        foreach ($service in $result.RestartedServices) {
            ($after | Where-Object Service -EQ $service).ProcessId | Should -Not -Be ($before | Where-Object Service -EQ $service).ProcessId
        }
        Invoke-Inside 'grep -c "mariadbd: Shutdown complete" /var/log/mysqld.log; grep -lE " /usr[^ ]* \(deleted\)$" /proc/[0-9]*/maps 2>/dev/null; true' | Should -Be 1
    }

    It 'says that nothing is pending' {
        $result = Update-AsterisellPackage pkg-update -Confirm:$false
        $result.Status | Should -Be Unchanged
    }

    It 'undoes an update after which the web server does not run, configuration included' {
        Add-Package broken
        $before = Get-State
        $result = Update-AsterisellPackage pkg-update -HealthTimeoutSec 8 -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be "PackageUpdateUndone,$errorClass"
        $failed[0].Exception.Message | Should -BeLike '*service nginx does not run*'
        $result.IsUndone | Should -BeTrue
        $result.Changes | Should -BeNullOrEmpty
        "$($result.Planned)" | Should -Be 'lab-web 1.0 -> 2.0'
        Compare-Object $before (Get-State) | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
        (Wait-AsterisellInstance pkg-update -TimeoutSec 5).Name | Should -Be pkg-update
    }

    It 'undoes by itself inside what Ctrl+C left in the middle' {
        Invoke-Inside 'rm /srv/repo/pool/stable/lab-web_2.0.deb' | Out-Null
        Add-Package slow
        $before = Get-State
        $stopped = Measure-Stop { param($inventory) Update-AsterisellPackage pkg-update -Confirm:$false -InventoryPath $inventory } $env:ASTERISELL_INVENTORY -After ([timespan]::FromSeconds(9))
        $stopped.EndedBefore | Should -BeFalse
        $stopped.Elapsed.TotalSeconds | Should -BeLessThan 2.5
        Invoke-Inside 'ls /etc/slow-began' | Should -Be /etc/slow-began
        # The installation goes to its end first: to end a package manager in the middle is worse.
        $null = Invoke-Inside 'for i in {1..400}; do [ -e /var/lib/asterisell-packages ] || exit 0; sleep 0.1; done; exit 1'
        Compare-Object $before (Get-State) | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
    }

    It 'undoes what a killed container left in the middle, when it is told to update again' {
        $before = Get-State
        $killer = Start-ThreadJob -ArgumentList (Join-Path (Get-RepositoryRoot) tests/lab/lab), (Get-Lab).Name {
            param($lab, $name)
            for ($i = 0; $i -lt 200; $i++) {
                $null = & $lab docker --name $name local exec pkg-update test -e /etc/slow-began 2>&1
                if ($LASTEXITCODE -eq 0) { break }
                Start-Sleep -Milliseconds 200
            }
            & $lab docker --name $name local kill pkg-update
        }
        $null = Update-AsterisellPackage pkg-update -Confirm:$false -HealthTimeoutSec 5 -ErrorVariable failed -ErrorAction SilentlyContinue
        $null = $killer | Wait-Job | Remove-Job
        $failed[0].FullyQualifiedErrorId | Should -Be "PackageUndoFailed,$errorClass"
        Start-LabInstance local/pkg-update
        $null = Wait-AsterisellInstance pkg-update -TimeoutSec 60
        "$((Get-AsterisellStatus pkg-update).Remarks)" | Should -BeLike '*a package update was cut off*'
        $result = Update-AsterisellPackage pkg-update -Confirm:$false
        $result.Status, $result.IsUndone | Should -Be Succeeded, $true
        Compare-Object $before (Get-State) | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
        (Get-AsterisellStatus pkg-update).PackageUpdateCutOff | Should -BeFalse
    }
}
