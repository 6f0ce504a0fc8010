BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Start-LabInstance local/instance-problem '--no-cron', '--cdrs', '200', '--months', '1'
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/instance-problem
    $null = Wait-AsterisellInstance instance-problem -TimeoutSec 90
    $null = Invoke-AsterisellCommand instance-problem php asterisell.php debug signal-critical-problem-in-the-code -Force -Collect
}
AfterAll {
    Remove-LabInstance local/instance-problem
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Get-AsterisellProblem' {
    It 'lists what an instance reports, with UTC times' {
        $problems = Get-AsterisellProblem instance-problem
        $problems[0] | Should -BeOfType Asterisell.InstanceProblem
        $critical = $problems | Where-Object Severity -EQ Critical
        $critical | Should -Not -BeNullOrEmpty
        [math]::Abs(([datetimeoffset]::UtcNow - $critical[0].FirstSeen).TotalMinutes) | Should -BeLessThan 10
    }

    It 'leaves out what is less severe' {
        (Get-AsterisellProblem instance-problem -MinimumSeverity Critical).Severity | Sort-Object -Unique | Should -Be Critical
    }

    It 'names the instance that cannot be asked' {
        $null = Invoke-LabDocker local/instance-problem 'stop', '--time', '0', 'instance-problem'
        Get-AsterisellProblem instance-problem -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -Be 'InstanceNotRunning,Asterisell.PowerShell.Commands.GetAsterisellProblemCommand'
        $failed.CategoryInfo.TargetName | Should -Be 'local/instance-problem'
    }
}
