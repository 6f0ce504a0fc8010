BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Start-LabInstance local/instance-job '--no-cron', '--cdrs', '200', '--months', '1'
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/instance-job
    $null = Wait-AsterisellInstance instance-job -TimeoutSec 90
    $null = Invoke-AsterisellCommand instance-job php asterisell.php run jobs -Force -Collect
}
AfterAll {
    Remove-LabInstance local/instance-job
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Get-AsterisellJob' {
    It 'lists the jobs of a pass, newest first, in UTC although PHP writes in another zone' {
        $jobs = Get-AsterisellJob instance-job
        $jobs[0] | Should -BeOfType Asterisell.InstanceJob
        $jobs.Id | Should -Be ($jobs.Id | Sort-Object -Descending)
        $jobs.Job | Should -Contain BackupConfigurations
        [math]::Abs(([datetimeoffset]::UtcNow - $jobs[0].CreatedAt).TotalMinutes) | Should -BeLessThan 10
    }

    It 'selects by state, time and number' {
        (Get-AsterisellJob instance-job -State Done -First 3).Count | Should -Be 3
        Get-AsterisellJob instance-job -State Failed | Should -BeNullOrEmpty
        Get-AsterisellJob instance-job -Since (Get-Date).AddHours(1) | Should -BeNullOrEmpty
    }

    It 'does not believe that a job runs when no pass does' {
        $sql = 'INSERT INTO ar_job_queue (is_part_of, state, created_at, end_at, description) VALUES (0, 1, NOW(), NOW(), "Crashed: begun")'
        $null = Invoke-LabDocker local/instance-job 'exec', 'instance-job', 'mysql', '-pdb-password-of-instance-job', 'instance-job', '-e', $sql
        $job = Get-AsterisellJob instance-job -State Abandoned -Since (Get-Date).AddDays(-2)
        $job.Job | Should -Be Crashed
        $job.EndedAt | Should -BeNullOrEmpty
        Get-AsterisellJob instance-job -State Running -Since (Get-Date).AddDays(-2) | Should -BeNullOrEmpty
    }
}
