BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.TestAsterisellBackupCommand'
    Start-LabInstance local/pester-drill -Options --cdrs, 500, --months, 2, --no-cron
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/pester-drill
    $destination = Join-Path $TestDrive backups
    $backup = Backup-AsterisellData pester-drill -Destination $destination

    function Get-Leftover {
        Invoke-LabDocker local/x 'ps', '--all', '--filter', 'label=org.asterisell.scratch=drill', '--format', '{{.Names}}'
    }

    # Volumes without a container: those of a drill have no name.
    function Get-Orphan { Invoke-LabDocker local/x 'volume', 'ls', '--quiet', '--filter', 'dangling=true' }
}
AfterAll {
    foreach ($one in Get-Leftover) { $null = Invoke-LabDocker local/x 'rm', '--force', '--volumes', $one }
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Test-AsterisellBackup -Level Restore' {
    It 'restores into a container that is gone afterwards, and keeps the evidence' {
        $orphans = Get-Orphan
        $verdict = $backup | Test-AsterisellBackup -Level Restore
        $verdict.Passed | Should -BeTrue -Because ($verdict.Findings -join '; ')
        $verdict.Level | Should -Be Restore
        Get-Leftover | Should -BeNullOrEmpty
        Get-Orphan | Should -Be $orphans
        $evidence = Get-Content (Join-Path $destination local pester-drill .verdicts "$($backup.SnapshotId).drill.json") -Raw | ConvertFrom-Json
        $evidence.rows.ar_cdr | Should -Be $backup.CallCount
        $evidence.adminWeb.httpStatus | Should -Be 200
        $evidence.customerWeb.httpStatus | Should -Be 200
        $evidence.seconds | Should -BeGreaterThan 0
        $listed = Get-AsterisellBackup pester-drill -Destination $destination
        $listed.LastTestLevel | Should -Be Restore
        $null = $listed | Test-AsterisellBackup -Level Content
        (Get-AsterisellBackup pester-drill -Destination $destination).LastTestLevel | Should -Be Restore
    }

    It 'fails a backup whose web server does not start' {
        $null = Invoke-Lab fault local, pester-drill, nginx-rejected, on
        try { $broken = Backup-AsterisellData pester-drill -Destination (Join-Path $TestDrive broken) }
        finally { $null = Invoke-Lab fault local, pester-drill, nginx-rejected, off }
        $verdict = $broken | Test-AsterisellBackup -Level Restore
        $verdict.Passed | Should -BeFalse
        ($verdict.Findings | Where-Object IsFailure).What | Should -Match 'web application does not answer'
        Get-Leftover | Should -BeNullOrEmpty
    }

    It 'says that the image is missing, which is no verdict on the backup' {
        $backup | Test-AsterisellBackup -Level Restore -ImageName no-such-image:1 -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -Be "DrillImageNotFound,$errorClass"
        { $backup | Test-AsterisellBackup -Sample 1 } | Should -Throw -ErrorId "DrillParameterAlone,$errorClass"
        $backup | Test-AsterisellBackup -Level Restore -DrillHost nowhere -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -Be "DrillHostUnknown,$errorClass"
    }

    It 'removes what a killed drill left' {
        $start = [System.Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
        foreach ($argument in '-NoProfile', '-NonInteractive', '-Command', "Import-Module '$(Get-ModulePath)'; Test-AsterisellBackup '$($backup.Path)' -Level Restore") { $start.ArgumentList.Add($argument) }
        $process = [System.Diagnostics.Process]::Start($start)
        try {
            $deadline = [datetime]::UtcNow.AddSeconds(60)
            # Once it runs; DrillKillTests kills while it is made, when the engine goes on making it.
            while (-not (Invoke-LabDocker local/x 'ps', '--quiet', '--filter', 'label=org.asterisell.scratch=drill') -and [datetime]::UtcNow -lt $deadline) { $null = $process.WaitForExit(200) }
        }
        finally { $process.Kill(); $process.WaitForExit() }
        $left = Get-Leftover
        $left | Should -Not -BeNullOrEmpty
        $backup | Test-AsterisellBackup -Level Restore -ImageName no-such-image:1 -ErrorAction SilentlyContinue
        Get-Leftover | Should -BeNullOrEmpty -Because "$left was left by process $($process.Id)"
    }

    It 'leaves nothing after Ctrl+C' {
        $stopped = Measure-Stop -After ([timespan]::FromSeconds(8)) -Arguments $env:ASTERISELL_INVENTORY, $backup.Path -Script {
            param($inventory, $path)
            while ($true) { Test-AsterisellBackup $path -Level Restore -InventoryPath $inventory }
        }
        $stopped.State | Should -Be Stopped
        $deadline = [datetime]::UtcNow.AddSeconds(20)
        do { $left = Get-Leftover } while ($left -and [datetime]::UtcNow -lt $deadline)
        $left | Should -BeNullOrEmpty
    }
}
