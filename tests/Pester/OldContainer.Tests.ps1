BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    # As the old tool made one: an anonymous volume, every port published, no label, no limit.
    $null = Invoke-Lab docker 'local', 'run', '--restart=always', '-d', '-P', '--name', 'oldtool', '-p', '80', '-p', '22', '--pull', 'never',
        '-e', 'ASTERISELL_LAB_INSTANCE=oldtool', '-e', 'ASTERISELL_LAB_CDRS=0', '-e', 'ASTERISELL_LAB_CRON=off', 'asterisell-lab:stand-in', '/usr/bin/supervisord'
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/oldtool
    $null = Wait-AsterisellInstance oldtool -TimeoutSec 90
}
AfterAll {
    $null = Invoke-Lab docker 'local', 'rm', '-f', '-v', 'oldtool'
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'A container of the old tool' {
    It 'has packages, logs and a status like any other' {
        (Get-AsterisellPackage oldtool -Package mariadb-server).Installed | Should -Match '10\.'
        (Get-AsterisellLog oldtool).Service | Sort-Object -Unique | Should -Contain mysql
        $status = Get-AsterisellStatus oldtool
        $status.Condition | Should -BeIn Healthy, Degraded
        $status.Memory.LimitBytes | Should -BeNullOrEmpty
        $status.Memory.DatabaseLimitBytes | Should -BeGreaterThan 50MB
        $status.Logs.Unrotated | Should -BeNullOrEmpty
    }

    It 'says which log nothing rotates' {
        $null = Invoke-Lab docker 'local', 'exec', 'oldtool', 'bash', '-c', 'head -c 11M /dev/zero > /var/www/oldtool/admin/log/asterisell_dev.log; head -c 2M /dev/zero >> /var/log/mysqld.log'
        $status = Get-AsterisellStatus oldtool
        $status.Logs.Unrotated.Path | Should -Be /var/www/oldtool/admin/log/asterisell_dev.log, /var/log/mysqld.log
        $status.Condition | Should -Be Degraded
        "$($status.Remarks)" | Should -BeLike '*never rotated: /var/www/oldtool/admin/log/asterisell_dev.log (11 MiB)*'
        $script = 'printf "#!/bin/sh\n" > /usr/sbin/logrotate; chmod +x /usr/sbin/logrotate; printf "logrotate /etc/logrotate.conf\n" > /etc/cron.daily/logrotate; printf "/var/www/*/admin/log/*.log /var/log/mysqld.log {\n copytruncate\n}\n" > /etc/logrotate.d/old'
        $null = Invoke-Lab docker 'local', 'exec', 'oldtool', 'bash', '-c', $script
        $status = Get-AsterisellStatus oldtool
        $status.Logs.RotationRuns | Should -BeTrue
        $status.Logs.Unrotated | Should -BeNullOrEmpty
    }
}
