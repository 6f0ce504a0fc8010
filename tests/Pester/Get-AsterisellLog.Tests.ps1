BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.GetAsterisellLogCommand'
    Start-LabInstance local/power-log '--no-cron', '--cdrs', '200', '--months', '1'
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/power-log
    $null = Wait-AsterisellInstance power-log -TimeoutSec 90
}
AfterAll {
    Remove-LabInstance local/power-log
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Get-AsterisellLog' {
    It 'shows the logs of all services in the order of time' {
        $lines = Get-AsterisellLog power-log
        $lines[0] | Should -BeOfType Asterisell.LogEntry
        $lines.Service | Sort-Object -Unique | Should -Contain mysql
        $lines.Service | Should -Contain supervisord
        $times = $lines.Time | Where-Object { $_ }
        $times | Should -Be ($times | Sort-Object)
        ($lines | Where-Object Service -EQ mysql | Where-Object Text -Like '*ready for connections*').Severity | Should -Be Information
    }

    It 'takes services, a number of lines, and a time' {
        $lines = Get-AsterisellLog power-log -Service MySQL -Tail 3
        $lines.Count | Should -Be 3
        $lines.Service | Sort-Object -Unique | Should -Be mysql
        Get-AsterisellLog power-log -Since (Get-Date).AddHours(1) | Should -BeNullOrEmpty
        (Get-AsterisellLog power-log -Service container -Tail 1).Source | Should -Be ''
    }

    It 'reads what was rotated away too, packed or not, and names what it cannot unpack' {
        $script = @'
printf '2026/11/20 08:00:00 [error] 1#1: three days ago\n' | gzip > /var/log/nginx/error.log.3.gz
printf '2026/11/21 08:00:00 [error] 1#1: two days ago\n2026/11/21 08:00:01 [error] 1#1: and a second\n' > /var/log/nginx/error.log.1
printf '2026/11/22 08:00:00 [error] 1#1: now\n' >> /var/log/nginx/error.log
printf 'no xz here' > /var/log/nginx/error.log-20261119.xz
touch -d '2026-11-20 08:00 UTC' /var/log/nginx/error.log.3.gz; touch -d '2026-11-21 08:00 UTC' /var/log/nginx/error.log.1
'@
        $null = Invoke-LabDocker local/power-log 'exec', 'power-log', 'bash', '-c', $script
        (Get-AsterisellLog power-log -Service nginx | Where-Object Text -Like '*1#1*').Text | Should -Be '2026/11/22 08:00:00 [error] 1#1: now'
        $all = Get-AsterisellLog power-log -Service web -IncludeRotated -WarningVariable warned -WarningAction SilentlyContinue | Where-Object Text -Like '*1#1*'
        $all.Text -replace '^.*1#1: ' | Should -Be 'three days ago', 'two days ago', 'and a second', now
        $all[0].Source | Should -Be /var/log/nginx/error.log.3.gz
        "$warned" | Should -Be 'local/power-log: /var/log/nginx/error.log-20261119.xz was not read, because the container has no xz.'
        $since = Get-AsterisellLog power-log -Service nginx -IncludeRotated -Since '2026-11-21T00:00Z' -WarningAction SilentlyContinue | Where-Object Text -Like '*1#1*'
        $since.Count | Should -Be 3
        (Get-AsterisellLog power-log -Service nginx -IncludeRotated -Tail 2 -WarningAction SilentlyContinue).Count | Should -Be 2
        $null = Invoke-LabDocker local/power-log 'exec', 'power-log', 'bash', '-c', 'rm /var/log/nginx/error.log[.-]*; : > /var/log/nginx/error.log'
    }

    It 'takes the words of the operator for services' {
        Get-AsterisellLog power-log -Service database -Tail 1 | ForEach-Object Service | Should -Be mysql
        Get-AsterisellLog power-log -Service cron, jobs | ForEach-Object Service | Where-Object { $_ -notin 'crond', 'asterisell' } | Should -BeNullOrEmpty
    }

    It 'reads both clocks of an instance' {
        $script = 'date "+[%d-%b-%Y %T UTC] PHP Warning:  in utc" >> /var/log/php-test.log; TZ=Europe/Rome date "+[%d-%b-%Y %T Europe/Rome] PHP Warning:  in rome" >> /var/log/php-test.log'
        $null = Invoke-LabDocker local/power-log 'exec', 'power-log', 'bash', '-c', $script
        $lines = Get-AsterisellLog power-log -Service php | Where-Object Text -Like '*PHP Warning*'
        $lines.Count | Should -Be 2
        foreach ($line in $lines) { [math]::Abs(([datetimeoffset]::UtcNow - $line.Time).TotalSeconds) | Should -BeLessThan 60 }
    }

    It 'completes services' {
        (Get-Completion 'Get-AsterisellLog -Service s').CompletionText | Should -Be sshd, supervisord
    }

    It 'follows, and ends within two seconds on Ctrl+C, inside too' {
        $null = Invoke-LabDocker local/power-log 'exec', '--detach', 'power-log', 'bash', '-c', 'for i in 1 2 3 4 5 6; do sleep 1; echo "[note] line $i" >> /var/log/nginx/follow.log; done'
        $followed = Measure-Stop { param($inventory) Get-AsterisellLog power-log -Service nginx -Wait -InventoryPath $inventory } $env:ASTERISELL_INVENTORY -After ([timespan]::FromSeconds(9))
        $followed.Output.Text | Should -Be (1..6 | ForEach-Object { "[note] line $_" })
        $followed.Elapsed.TotalSeconds | Should -BeLessThan 2
        Invoke-LabDocker local/power-log 'exec', 'power-log', 'bash', '-c', 'sleep 1; grep -lz "shopt -s nullglo[b]" /proc/[0-9]*/cmdline 2>/dev/null | wc -l' | Should -Be 0
    }

    It 'shows the last words of a stopped container, and says why it shows no more' {
        Stop-LabInstance local/power-log
        (Get-AsterisellLog power-log).Service | Sort-Object -Unique | Should -Be container
        Get-AsterisellLog power-log -Service nginx -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -Be "InstanceNotRunning,$errorClass"
    }
}
