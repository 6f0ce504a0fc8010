BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Start-LabInstance local/pester-alpha -Options --no-data, --no-cron
    $checks = 'Engine', 'Storage', 'HugePages', 'Disk', 'Memory', 'Clock', 'Ports'

    function Find-Check([object[]] $All, [string] $Check) { $All | Where-Object Check -EQ $Check }
}

Describe 'Test-AsterisellHost' {
    It 'makes every check on every host, and knows the machine behind each road' {
        $file = New-LabInventory $TestDrive local/pester-alpha
        $all = Test-AsterisellHost -InventoryPath $file
        foreach ($name in 'local', 'milan') {
            $of = $all | Where-Object HostName -EQ $name
            $of.Check | Should -Be $checks
            ($of | Where-Object Check -In Engine, Storage, Clock, Ports).Result | Should -Be Passed, Passed, Passed, Passed
            (Find-Check $of Disk).Message | Should -Match '^\d.* of \d.* free'
            (Find-Check $of HugePages).Result | Should -Not -Be Unknown
        }
    }

    It 'sees a port that another program has, here and behind ssh' {
        $listener = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $listener.Start()
        try {
            $port = $listener.LocalEndpoint.Port
            $file = New-LabInventory $TestDrive local/pester-alpha, milan/pester-gamma -Extra @{
                'local/pester-alpha' = "ports: { http: $port }"; 'milan/pester-gamma' = "ports: { http: $port }"
            }
            $ports = Test-AsterisellHost -InventoryPath $file | Where-Object Check -EQ Ports
            $ports.Result | Should -Be Failed, Failed
            $ports[0].Message | Should -BeLike "*$port*another program*"
        }
        finally { $listener.Stop() }
    }

    It 'sees a port that another container has' {
        $name = 'pester-port'
        $port = 28443
        $null = Invoke-LabDocker local/x 'run', '-d', '--pull', 'never', '--name', $name, '-p', "127.0.0.1:${port}:80", 'asterisell-lab:light'
        try {
            $file = New-LabInventory $TestDrive local/pester-alpha -Extra @{ 'local/pester-alpha' = "ports: { http: $port }" }
            $found = Test-AsterisellHost local -InventoryPath $file | Where-Object Check -EQ Ports
            $found.Result | Should -Be Failed
            $found.Message | Should -BeLike "*$port*container '$name'*"
        }
        finally { $null = Invoke-LabDocker local/x 'rm', '-f', $name }
    }

    It 'says that a host does not answer, as a finding and not as an error' {
        $file = Join-Path $TestDrive dead.yml
        Set-Content $file 'version: 1', "hosts: { dead: { endpoint: 'unix:///nowhere/docker.sock' } }"
        $found = Test-AsterisellHost -InventoryPath $file -ErrorVariable failed
        $failed | Should -BeNullOrEmpty
        $found.Check | Should -Be Engine
        $found.Result | Should -Be Failed
        $found.Remedy | Should -Not -BeNullOrEmpty
        Test-AsterisellHost -InventoryPath $file -Quiet | Should -BeExactly $false
    }

    It 'says with -Quiet whether each host is fit, in one word' {
        $file = New-LabInventory $TestDrive local/pester-alpha
        $fit = Test-AsterisellHost -InventoryPath $file | Group-Object HostName | Sort-Object Name | ForEach-Object { 'Failed' -notin $_.Group.Result }
        $answers = 'local', 'milan' | ForEach-Object { Test-AsterisellHost $_ -InventoryPath $file -Quiet }
        $answers | Should -BeOfType [bool]
        $answers | Should -Be $fit
    }

    It 'sorts from good to bad' {
        [Asterisell.CheckResult]::Failed | Should -BeGreaterThan ([Asterisell.CheckResult]::Warning)
        [Asterisell.CheckResult]::Warning | Should -BeGreaterThan ([Asterisell.CheckResult]::Passed)
    }
}
