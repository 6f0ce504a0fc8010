BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.GetAsterisellHostCommand'
    Start-LabInstance local/pester-alpha -Options --no-data, --no-cron
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/pester-alpha, local/pester-absent
}
AfterAll { $env:ASTERISELL_INVENTORY = $null }

Describe 'Get-AsterisellHost' {
    It 'asks every host of the inventory, locally and through ssh' {
        $hosts = Get-AsterisellHost | Sort-Object HostName
        $hosts.HostName | Should -Be local, milan
        foreach ($one in $hosts) {
            $one | Should -BeOfType Asterisell.HostInfo
            $one.EngineVersion | Should -Match '^\d+\.\d+'
            $one.CpuCores | Should -BeGreaterThan 0
            $one.MemoryBytes | Should -BeGreaterThan 100MB
            $one.ClockOffset.Duration() | Should -BeLessThan ([timespan]::FromSeconds(5))
        }
        $hosts[0].Instances | Should -Be 2
        $hosts[0].InstancesRunning | Should -Be 1
    }

    It 'adds up the memory of its instances and shares it out' {
        $one = Get-AsterisellHost local
        $one.MemoryPlannedBytes | Should -Be 2000MB
        $one.InstanceMemory.Name | Should -Be pester-alpha
        $memory = $one.InstanceMemory[0].Memory
        $memory.DatabaseUsedBytes | Should -BeGreaterThan 20MB
        $memory.DatabaseUsedBytes | Should -BeLessThan $memory.UsedBytes
        $memory.DatabaseNeededBytes | Should -BeGreaterThan $memory.BufferPoolBytes
        $memory.DatabaseLimitBytes | Should -BeGreaterThan $memory.DatabaseNeededBytes
        $one.MemoryUsedBytes, $one.MemoryPromisedBytes | Should -Be $memory.UsedBytes, $memory.DatabaseLimitBytes
        $one.InstanceMemory[0].SharedCacheBytes | Should -Be 64MB
        $one.IsMemoryOvercommitted | Should -BeFalse
        $one.MemoryUnread | Should -BeNullOrEmpty
    }

    It 'says when the instances of a host do not fit' {
        $many = New-Item -ItemType Directory (Join-Path $TestDrive many)
        $file = New-LabInventory $many local/pester-alpha, local/pester-absent -Extra @{ 'local/pester-absent' = 'container: { memoryMegabytes: 2000000 }' }
        (Get-AsterisellHost local -InventoryPath $file).IsMemoryOvercommitted | Should -BeTrue
        $status = Get-AsterisellStatus pester-alpha -InventoryPath $file
        $status.Memory.HostPlannedBytes | Should -Be 2001000MB
        "$($status.Remarks)" | Should -BeLike '*the host*s instances plan with 2001000 MiB, it has * MiB*'
        (Test-AsterisellHost local -InventoryPath $file | Where-Object Check -EQ Memory).Result | Should -Be Warning
    }

    It 'takes names, wildcards, and objects with a HostName' {
        (Get-AsterisellHost l*).HostName | Should -Be local
        ('milan' | Get-AsterisellHost).HostName | Should -Be milan
        (Get-AsterisellInstance local/* | Get-AsterisellHost).HostName | Should -Be local
        (Get-AsterisellHost local | Get-AsterisellInstance).Name | Should -Be pester-alpha, pester-absent
    }

    It 'names a host that is not there and one that does not answer, and gives the others' {
        $lab = Get-Lab
        $file = Join-Path $TestDrive dead.yml
        Set-Content $file "version: 1", "hosts: { local: { endpoint: '$($lab.Local)' }, dead: { endpoint: 'unix:///nowhere/docker.sock' } }"
        $found = Get-AsterisellHost local, dead, turin -InventoryPath $file -ErrorVariable failed -ErrorAction SilentlyContinue
        $found.HostName | Should -Be local
        $failed.FullyQualifiedErrorId | Sort-Object | Should -Be "HostNotFound,$errorClass", "NoEngine,$errorClass"
        ($failed | Where-Object FullyQualifiedErrorId -Like NoEngine*).CategoryInfo.TargetName | Should -Be dead
    }

    It 'fits into 120 columns' {
        $text = Get-AsterisellHost | Out-String -Width 120
        $text | Should -Match 'Docker\s+Storage'
        $text | Should -Match 'local\s+\d+\.\d+'
    }

    It 'completes hosts' {
        (Get-Completion 'Get-AsterisellHost ').CompletionText | Should -Be local, milan
    }
}
