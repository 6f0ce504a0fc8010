BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.GetAsterisellPackageCommand'
    Start-LabInstance local/pkg-get '--no-cron', '--no-data'
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/pkg-get
}
AfterAll {
    Remove-LabInstance local/pkg-get
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Get-AsterisellPackage' {
    It 'says that a repository does not answer, and leaves nothing behind' {
        $null = Invoke-LabDocker local/pkg-get 'exec', 'pkg-get', 'bash', '-c', 'echo "deb http://127.0.0.1:9/ stable main" > /etc/apt/sources.list'
        $before = Invoke-LabDocker local/pkg-get 'exec', 'pkg-get', 'bash', '-c', 'find /var/lib/apt /var/cache /tmp ! -name "*supervisor*" | sort'
        Get-AsterisellPackage pkg-get -Pending -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -Be "RepositoryUnreachable,$errorClass"
        $failed.CategoryInfo.TargetName | Should -Be local/pkg-get
        $failed[0].Exception.Message | Should -BeLike '*Nothing was changed*'
        Invoke-LabDocker local/pkg-get 'exec', 'pkg-get', 'bash', '-c', 'sleep 0.5; find /var/lib/apt /var/cache /tmp ! -name "*supervisor*" | sort' | Should -Be $before
    }

    It 'does not call an instance without any repository up to date' {
        $null = Invoke-LabDocker local/pkg-get 'exec', 'pkg-get', 'bash', '-c', 'mv /etc/apt/sources.list /root/'
        Get-AsterisellPackage pkg-get -Pending -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -Be "NoPackageRepository,$errorClass"
    }

    It 'lists what is installed without asking anybody' {
        $packages = Get-AsterisellPackage pkg-get
        $packages.Count | Should -BeGreaterThan 100
        $packages[0] | Should -BeOfType Asterisell.InstancePackage
        $packages.Package | Should -Contain mariadb-server
        ($packages | Where-Object Package -EQ mariadb-server).Installed | Should -Match '^\d+:10\.\d+'
        (Get-AsterisellPackage pkg-get -Package nginx*).Package | Should -Contain nginx-common
    }

    It 'lists what is pending, with versions, and what is for security' {
        $null = Invoke-LabDocker local/pkg-get 'exec', 'pkg-get', 'bash', '-c', (Get-Content (Join-Path $PSScriptRoot lab-packages.sh) -Raw), 'lab', 'first'
        $pending = Get-AsterisellPackage pkg-get -Pending
        $pending.Package | Should -Be lab-tool, libpcre2-8-0
        $pending[0].Installed, $pending[0].Candidate, $pending[0].IsSecurity | Should -Be '1.0', '2.0', $false
        $security = Get-AsterisellPackage pkg-get -SecurityOnly
        $security.Package | Should -Be libpcre2-8-0
        $security.Candidate, $security.IsSecurity, $security.Manager | Should -Be '99.1', $true, 'apt'
        $pending | Out-String -Width 120 | Should -Match 'libpcre2-8-0\s+10\S+\s+99\.1\s+yes'
    }

    It 'ends within two seconds on Ctrl+C while a repository keeps it waiting, inside too' {
        $null = Invoke-LabDocker local/pkg-get 'exec', 'pkg-get', 'bash', '-c', 'echo "deb [trusted=yes] http://127.0.0.1:81/ stable main" > /etc/apt/sources.list'
        $null = Invoke-LabDocker local/pkg-get 'exec', '--detach', 'pkg-get', 'php', '-r', '$s = stream_socket_server("tcp://127.0.0.1:81"); while (true) { $c[] = stream_socket_accept($s, 60); }'
        $stopped = Measure-Stop { param($inventory) Get-AsterisellPackage pkg-get -Pending -InventoryPath $inventory } $env:ASTERISELL_INVENTORY -After ([timespan]::FromSeconds(3))
        $stopped.EndedBefore | Should -BeFalse
        $stopped.Elapsed.TotalSeconds | Should -BeLessThan 2
        Invoke-LabDocker local/pkg-get 'exec', 'pkg-get', 'bash', '-c', 'sleep 1; pgrep apt-get; ls -d /tmp/asterisell* 2>/dev/null; echo end' | Should -Be end
    }
}
