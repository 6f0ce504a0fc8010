BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Import-Module (Join-Path $PSScriptRoot Lifecycle.psm1)
    $env:ASTERISELL_INVENTORY = New-InstallInventory $TestDrive local/ins-one, local/ins-foreign, local/ins-noimage
    $cmdlet = 'Asterisell.PowerShell.Commands.InstallAsterisellInstanceCommand'
}
AfterAll {
    Remove-Installed local ins-one, ins-foreign, ins-noimage
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Install-AsterisellInstance' {
    It 'prints every step for every instance with -WhatIf, and touches nothing' {
        $before = Get-HostState local
        $said = Invoke-FreshPowerShell @"
            Import-Module '$(Get-ModulePath)'
            `$env:ASTERISELL_INVENTORY = '$env:ASTERISELL_INVENTORY'
            Install-AsterisellInstance * -AdminCredential ([pscredential]::new('chief', (ConvertTo-SecureString x -AsPlainText))) -WhatIf
"@
        foreach ($name in 'ins-one', 'ins-foreign', 'ins-noimage') {
            @($said -like "What if:*`"local/$name`"*").Count | Should -Be 11
        }
        "$said" | Should -BeLike '*volumes ins-one-var, ins-one-ssh, ins-one-root-ssh*container ''ins-one'' of the image asterisell-lab:stand-in*'
        Get-HostState local | Should -Be $before
    }

    It 'refuses a name that somebody else has, and touches neither container nor volumes' {
        $null = Invoke-LabDocker local/x 'run', '-d', '--pull', 'never', '--name', 'ins-foreign', 'asterisell-lab:light'
        $before = Get-HostState local
        $result = Install-AsterisellInstance ins-foreign -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -Be "InstanceNameTaken,$cmdlet"
        $result.Status | Should -Be Failed
        Get-HostState local | Should -Be $before
    }

    It 'says what is wrong before it makes anything: <id>' -ForEach @(
        @{ Id = 'ImageNotFound'; Name = 'ins-noimage'; Arguments = @{} }
        @{ Id = 'SourceNotFound'; Name = 'ins-one'; Arguments = @{ Source = '/nonexistent' } }
        @{ Id = 'PasswordWeak'; Name = 'ins-one'; Arguments = @{ AdminCredential = [pscredential]::new('admin', (ConvertTo-SecureString admin -AsPlainText)) } }
    ) {
        $before = Get-HostState local
        $null = Install-AsterisellInstance $Name @Arguments -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -Be "$Id,$cmdlet"
        Get-HostState local | Should -Be $before
    }

    It 'refuses a host whose port another program has' {
        $listener = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $listener.Start()
        try {
            $file = New-InstallInventory (New-Item -ItemType Directory (Join-Path $TestDrive port)) local/ins-one -Http $listener.LocalEndpoint.Port
            $null = Install-AsterisellInstance ins-one -InventoryPath $file -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed[0].FullyQualifiedErrorId | Should -Be "HostNotFit,$cmdlet"
        }
        finally { $listener.Stop() }
    }

    It 'installs in one command, and says each step' {
        $result = Install-AsterisellInstance ins-one -WaitTimeoutSec 120
        $result.Status | Should -Be Succeeded
        $result.Steps.Step | Should -Be Volumes, Container, Application, Configuration, Start, Database, Accounts, Pages, Record, Cron
        (Get-AsterisellStatus ins-one).Remarks | Should -BeNullOrEmpty
    }

    It 'makes the container as the inventory and safety want it' {
        $container = Invoke-LabDocker local/x 'inspect', 'ins-one' | Out-String | ConvertFrom-Json
        $container.HostConfig.PortBindings.'80/tcp'.HostIp | Should -Be 127.0.0.1
        $container.HostConfig.Memory | Should -Be 1000000000
        $container.HostConfig.NanoCpus | Should -Be 1000000000
        $container.Config.StopTimeout | Should -Be 300
        $container.HostConfig.RestartPolicy.Name | Should -Be unless-stopped
        $container.HostConfig.LogConfig.Config.'max-size' | Should -Be 10000000
        $container.Config.Healthcheck.Test | Should -HaveCount 4
        $container.Config.Labels.'org.asterisell.instance' | Should -Be ins-one
        $container.Mounts.Name | Sort-Object | Should -Be ins-one-root-ssh, ins-one-ssh, ins-one-var
        "$($container | ConvertTo-Json -Depth 20)" | Should -Not -Match 'Word'
        (Get-AsterisellVolume -Name ins-one).State | Sort-Object -Unique | Should -Be InUse
    }

    It 'leaves root without passwordless doors, and the customer application without what it must not read' {
        $accounts = Invoke-InstalledSql ins-one "SELECT COUNT(*) FROM mysql.user WHERE User = '' OR (User = 'root' AND Host <> 'localhost') OR (User = 'root' AND Password = '')"
        $accounts | Should -Be 0
        $may = Invoke-InstalledSql ins-one "SELECT PRIVILEGE_TYPE FROM information_schema.TABLE_PRIVILEGES WHERE GRANTEE = '''usr_ins_one''@''localhost''' AND TABLE_NAME = 'ar_user_change_password_request'"
        $may | Should -Be INSERT
        Invoke-InstalledSql ins-one "SELECT COUNT(*) FROM information_schema.SCHEMA_PRIVILEGES WHERE GRANTEE = '''usr_ins_one''@''localhost'''" | Should -Be 0
    }

    It 'has nothing to do the second time, and never makes a database with data anew' {
        $null = Set-AsterisellAdmin ins-one -Credential ([pscredential]::new('chief', (ConvertTo-SecureString 'four random words here 9' -AsPlainText)))
        $null = Invoke-InstalledSql ins-one 'DELETE FROM ins_one.ar_application_upgrade'
        $again = Install-AsterisellInstance ins-one
        $again.Status | Should -Be Unchanged
        $again.Steps.Status | Sort-Object -Unique | Should -Be Unchanged
        Invoke-InstalledSql ins-one "SELECT login FROM ins_one.ar_user WHERE is_root_admin = 1" | Should -Be chief
    }

    It 'ends soon after Ctrl+C, and goes on later' {
        $null = Uninstall-AsterisellInstance ins-one -SkipBackup -Force
        $stop = Measure-Stop { param($file) Install-AsterisellInstance ins-one -InventoryPath $file } $env:ASTERISELL_INVENTORY -After ([timespan]::FromSeconds(3))
        $stop.EndedBefore | Should -BeFalse
        $stop.Elapsed.TotalSeconds | Should -BeLessThan 2
        (Install-AsterisellInstance ins-one -WaitTimeoutSec 120).Status | Should -BeIn Succeeded
    }
}
