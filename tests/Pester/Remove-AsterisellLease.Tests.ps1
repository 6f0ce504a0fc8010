BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $env:XDG_STATE_HOME = Join-Path $TestDrive state
    # No container is needed: a lease lies beside it.
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/leased
    function Add-Lease {
        $labels = 'org.asterisell.lease=Hold', 'org.asterisell.lease.id=5', 'org.asterisell.lease.instance=leased', 'org.asterisell.lease.owner=jane', 'org.asterisell.lease.machine=elsewhere'
        $null = Invoke-LabDocker local/leased (@('volume', 'create') + @($labels | ForEach-Object { '--label', $_ }) + 'asterisell-lease.leased')
    }
}
AfterAll {
    $null = Remove-AsterisellLease leased -Force
    $env:ASTERISELL_INVENTORY = $env:XDG_STATE_HOME = $null
}

Describe 'Remove-AsterisellLease' {
    It 'removes one whose holder is at work only with -Force or when told so' {
        Add-Lease
        Remove-AsterisellLease leased -WhatIf | Should -BeNullOrEmpty
        # Nobody is there to be asked.
        $said = Invoke-FreshPowerShell "Import-Module '$(Get-ModulePath)'; `$null = Remove-AsterisellLease leased -ErrorVariable failed -ErrorAction SilentlyContinue; `$failed[0].FullyQualifiedErrorId"
        $said | Should -BeLike 'LeaseInUse,*'
        (Get-AsterisellLease leased).Owner | Should -Be jane
        $result = Get-AsterisellLease leased | Remove-AsterisellLease -Force
        $result.Status | Should -Be Succeeded
        $result.Message | Should -Match 'jane on elsewhere'
        Get-AsterisellLease leased | Should -BeNullOrEmpty
        (Remove-AsterisellLease leased).Status | Should -Be Unchanged
    }

    It 'leaves a line before and after in the audit trail' {
        $lines = Get-Content (Join-Path $env:XDG_STATE_HOME asterisell/audit/*.jsonl) | ConvertFrom-Json
        $lines.command | Sort-Object -Unique | Should -Be Remove-AsterisellLease
        $lines[-1].event | Should -Be End
        $lines[-1].result | Should -Be Unchanged
    }
}
