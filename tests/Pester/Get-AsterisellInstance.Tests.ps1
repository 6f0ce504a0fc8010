BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.GetAsterisellInstanceCommand'
    $inventory = Join-Path $TestDrive asterisell.yml
    Set-Content $inventory @'
version: 1
hosts:
  local: { endpoint: "unix:///nowhere/docker.sock" }
  milan: { endpoint: "ssh://nobody@192.0.2.1" }
instances:
  alpha: { host: local, tags: [prod, voip] }
  beta: { host: local, tags: [test], active: false }
  gamma: { host: milan, tags: [prod] }
'@
    Push-Location $TestDrive
}
AfterAll { Pop-Location }

Describe 'Get-AsterisellInstance' {
    It 'lists all, inactive ones too, in the order of the file, and asks no host' {
        $all = Get-AsterisellInstance
        $all.Name | Should -Be alpha, beta, gamma
        $all.HostName | Should -Be local, local, milan
        $all[0] | Should -BeOfType Asterisell.AsterisellInstance
    }

    It 'takes <what>' -TestCases @(
        @{ What = 'a name in any case'; Name = 'ALPHA'; Expected = 'alpha' }
        @{ What = 'a wildcard'; Name = '*a'; Expected = 'alpha', 'beta', 'gamma' }
        @{ What = 'a host and a name'; Name = 'milan/gamma'; Expected = 'gamma' }
        @{ What = 'all of a host'; Name = 'local/*'; Expected = 'alpha', 'beta' }
        @{ What = 'the same twice, once'; Name = 'alpha', 'al*'; Expected = 'alpha' }
        @{ What = 'a wildcard that matches nothing'; Name = 'x*'; Expected = $null }
    ) {
        (Get-AsterisellInstance $Name).Name | Should -Be $Expected
    }

    It 'narrows by host and by tag' {
        (Get-AsterisellInstance -HostName milan).Name | Should -Be gamma
        (Get-AsterisellInstance -Tag prod).Name | Should -Be alpha, gamma
        (Get-AsterisellInstance -Tag v*, test).Name | Should -Be alpha, beta
        Get-AsterisellInstance alpha -HostName milan | Should -BeNullOrEmpty
    }

    It 'names each one that is not there and goes on with the others' {
        $found = Get-AsterisellInstance nope, alpha, milan/alpha -ErrorVariable failed -ErrorAction SilentlyContinue
        $found.Name | Should -Be alpha
        $failed.FullyQualifiedErrorId | Should -Be "InstanceNotFound,$errorClass", "InstanceNotFound,$errorClass"
        $failed.CategoryInfo.TargetName | Should -Be nope, milan/alpha
        $failed.CategoryInfo.Category | Should -Be ObjectNotFound, ObjectNotFound
    }

    It 'tells an unknown host once, however many names come through the pipeline' {
        $failed = 'alpha', 'beta' | Get-AsterisellInstance -HostName turin -ErrorVariable failures -ErrorAction SilentlyContinue
        $failed | Should -BeNullOrEmpty
        $failures.FullyQualifiedErrorId | Should -Be "HostNotFound,$errorClass"
    }

    It 'takes names, its own objects, and objects that came from another process' {
        ('alpha', 'gamma' | Get-AsterisellInstance).Name | Should -Be alpha, gamma
        (Get-AsterisellInstance | Get-AsterisellInstance -HostName local).Name | Should -Be alpha, beta
        ([pscustomobject]@{ Name = 'alpha'; HostName = 'local' } | Get-AsterisellInstance).ToString() | Should -Be local/alpha
        ([pscustomobject]@{ InstanceName = 'alpha' } | Get-AsterisellInstance).Name | Should -Be alpha
        $file = Join-Path $TestDrive instances.xml
        Get-AsterisellInstance alpha, gamma | Export-Clixml $file
        (Import-Clixml $file | Get-AsterisellInstance).Name | Should -Be alpha, gamma
    }

    It 'takes a host''s objects for a host, not for a name' {
        ([Asterisell.HostInfo]@{ HostName = 'milan'; Endpoint = 'unix:///x' } | Get-AsterisellInstance).Name | Should -Be gamma
    }

    It 'finds the inventory by parameter, by variable, above the current folder' {
        (Get-AsterisellInstance -InventoryPath $inventory).Count | Should -Be 3
        $below = New-Item -ItemType Directory (Join-Path $TestDrive a/b)
        Push-Location $below
        try { (Get-AsterisellInstance).Count | Should -Be 3 } finally { Pop-Location }
        Push-Location /
        try {
            $env:ASTERISELL_INVENTORY = $inventory
            (Get-AsterisellInstance).Count | Should -Be 3
        }
        finally {
            $env:ASTERISELL_INVENTORY = $null
            Pop-Location
        }
    }

    It 'ends with an error where there is no inventory, or a wrong one' {
        { Get-AsterisellInstance -InventoryPath (Join-Path $TestDrive none.yml) } | Should -Throw -ErrorId "InventoryFileNotFound,$errorClass"
        $wrong = Join-Path $TestDrive wrong.yml
        Set-Content $wrong 'version: 1', 'hots: {}'
        { Get-AsterisellInstance -InventoryPath $wrong } | Should -Throw -ErrorId "InventoryInvalid,$errorClass"
    }

    It 'completes names, hosts and tags, with the host where it must' {
        (Get-Completion 'Get-AsterisellInstance ').CompletionText | Should -Be alpha, beta, gamma
        (Get-Completion 'Get-AsterisellInstance local/').CompletionText | Should -Be local/alpha, local/beta
        (Get-Completion "Get-AsterisellInstance 'g").CompletionText | Should -Be "'gamma'"
        (Get-Completion 'Get-AsterisellInstance -HostName m').CompletionText | Should -Be milan
        (Get-Completion 'Get-AsterisellInstance -Tag p').CompletionText | Should -Be prod
        $two = Join-Path $TestDrive two.yml
        Set-Content $two 'version: 1', 'hosts: { h1: { endpoint: "unix:///a" }, h2: { endpoint: "unix:///b" } }', 'instances: { h1/billing: {}, h2/billing: {}, h1/other: {} }'
        (Get-Completion "Get-AsterisellInstance -InventoryPath '$two' -Name ").CompletionText | Should -Be h1/billing, h2/billing, other
        (Get-Completion "Get-AsterisellInstance -InventoryPath '$two' -Name bil").CompletionText | Should -Be h1/billing, h2/billing
    }

    It 'completes nothing, and breaks no line, where the inventory is missing or wrong' {
        { Get-Completion 'Get-AsterisellInstance -InventoryPath /nowhere.yml x' } | Should -Not -Throw
    }

    It 'completes in less than 50 ms once the inventory was read' {
        $null = Get-Completion 'Get-AsterisellInstance al'
        $times = 1..9 | ForEach-Object { (Measure-Command { $null = Get-Completion 'Get-AsterisellInstance al' }).TotalMilliseconds }
        ($times | Sort-Object)[4] | Should -BeLessThan 50
    }
}
