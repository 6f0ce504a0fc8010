BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.GetAsterisellStatusCommand'
    Start-LabInstance local/status '--no-cron'
    Start-LabInstance milan/status '--no-cron'
    Start-LabInstance local/status-stopped '--no-cron'
    Stop-LabInstance local/status-stopped
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/status, milan/status, local/status-stopped, local/status-absent
    function Set-Fault([string] $Fault, [string] $State) { $null = Invoke-Lab fault local, status, $Fault, $State }
}
AfterAll { $env:ASTERISELL_INVENTORY = $null }

Describe 'Get-AsterisellStatus' {
    It 'tells of every instance, locally and through ssh, what it can read of it' {
        $all = Get-AsterisellStatus | Sort-Object HostName, Name
        "$($all | ForEach-Object { "$($_.HostName)/$($_.Name)=$($_.Container.State)" })" |
            Should -Be 'local/status=running local/status-absent=missing local/status-stopped=exited milan/status=running'
        foreach ($one in $all | Where-Object { $_.Container.IsRunning }) {
            $one | Should -BeOfType Asterisell.InstanceStatus
            $one.Unread | Should -BeNullOrEmpty
            $one.Application.Version | Should -Match '^Asterisell-5'
            $one.Services.Service | Sort-Object | Should -Be crond, mysql, nginx, php, sshd
            $one.Database.IsReachable | Should -BeTrue
            $one.Web.Admin.HttpStatus | Should -Be 200
            $one.Web.Customer.HttpStatus | Should -Be 200
            $one.Disk.FreeBytes | Should -BeGreaterThan 1MB
            $one.Memory.UsedBytes | Should -BeGreaterThan 10MB
            $one.ReadAt.Offset | Should -Be ([timespan]::Zero)
        }
    }

    It 'says that one is stopped, without an error' {
        $stopped = Get-AsterisellStatus status-stopped -ErrorVariable failed
        $failed | Should -BeNullOrEmpty
        $stopped.Condition | Should -Be Stopped
        $stopped.Container.ExitCode | Should -Not -BeNullOrEmpty
        $stopped.Remarks.Count | Should -BeGreaterThan 0
        $stopped.Database | Should -BeNullOrEmpty
    }

    It 'counts call records exactly when told to' {
        $counted = (Invoke-LabDocker local/status 'exec', 'status', 'awk', '-F\t', '$2 ~ /^[0-9]+$/ { rows += $2 } END { print rows }', '/var/lib/asterisell-lab/cdrs-per-day.tsv')
        $database = (Get-AsterisellStatus local/status -Exact).Database
        $database.CountsAreExact | Should -BeTrue
        $database.CallRecords | Should -Be ([long] "$counted")
    }

    It 'sees the locks that are there' {
        $null = Invoke-LabDocker local/status 'exec', '--workdir', '/var/www/status/admin', 'status', 'php', 'asterisell.php', 'cron', 'disable'
        try {
            $locks = (Get-AsterisellStatus local/status).Locks
            $locks.CronLocked | Should -BeTrue
            $locks.WebLocked | Should -BeFalse
        }
        finally {
            $null = Invoke-LabDocker local/status 'exec', '--workdir', '/var/www/status/admin', 'status', 'php', 'asterisell.php', 'cron', 'enable'
        }
    }

    It 'knows a job lock whose process id belongs to another program' {
        Set-Fault stale-lock-foreign on
        try {
            $status = Get-AsterisellStatus local/status
            $status.Locks.IsStale | Should -BeTrue
            $status.Locks.JobLock.Holder | Should -Be Foreign
            $status.Condition | Should -Not -Be Healthy
        }
        finally {
            Set-Fault stale-lock-foreign off
        }
    }

    It 'gives the rest while the database is down, and says that it is' {
        $null = Invoke-LabDocker local/status 'exec', 'status', 'bash', '-c', 'kill -STOP $(pidof mariadbd)'
        try {
            $status = Get-AsterisellStatus local/status -TimeoutSec 60
            $status.Container.State | Should -Be running
            $status.Application.Version | Should -Match '^Asterisell-5'
            ($status.Database.IsReachable -eq $true) | Should -BeFalse
            $status.Condition | Should -Not -Be Healthy
        }
        finally {
            $null = Invoke-LabDocker local/status 'exec', 'status', 'bash', '-c', 'kill -CONT $(pidof mariadbd)'
        }
    }

    It 'goes through the pipeline by value, by property name, and out of another process' {
        (Get-AsterisellInstance local/status | Get-AsterisellStatus).Name | Should -Be status
        (Get-AsterisellStatus local/status | Get-AsterisellStatus).HostName | Should -Be local
        $file = Join-Path $TestDrive status.xml
        Get-AsterisellStatus local/status | Export-Clixml $file
        (Import-Clixml $file).Application.Version | Should -Match '^Asterisell-5'
    }

    It 'names a host that does not answer and goes on with the others' {
        $lab = Get-Lab
        $file = Join-Path $TestDrive dead.yml
        Set-Content $file 'version: 1', "hosts: { local: { endpoint: '$($lab.Local)' }, dead: { endpoint: 'unix:///nowhere/docker.sock' } }",
            'instances: { local/status: {}, dead/status: {} }'
        $found = Get-AsterisellStatus -InventoryPath $file -ErrorVariable failed -ErrorAction SilentlyContinue
        $found.HostName | Should -Be local
        $failed.FullyQualifiedErrorId | Should -Be "NoEngine,$errorClass"
        $failed.CategoryInfo.TargetName | Should -Be dead/status
    }

    It 'fits a terminal of 120 columns' {
        $lines = (Get-AsterisellStatus | Out-String -Width 120).Split("`n") -replace '\e\[[\d;]*m'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
        "$lines" | Should -Match 'Condition'
    }

    It 'ends within two seconds on Ctrl+C while an instance does not answer' {
        $null = Invoke-LabDocker local/status 'exec', 'status', 'bash', '-c', 'kill -STOP $(pidof mariadbd)'
        try {
            $stopped = Measure-Stop { param($inventory) Get-AsterisellStatus local/status -InventoryPath $inventory } $env:ASTERISELL_INVENTORY
            $stopped.EndedBefore | Should -BeFalse
            $stopped.Elapsed.TotalSeconds | Should -BeLessThan 2
        }
        finally {
            $null = Invoke-LabDocker local/status 'exec', 'status', 'bash', '-c', 'kill -CONT $(pidof mariadbd)'
        }
    }
}
