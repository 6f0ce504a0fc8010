BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Import-Module (Join-Path $PSScriptRoot Checkout.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.UpdateAsterisellRepositoryCommand'
    $checkout = New-Checkout $TestDrive
    Add-Contradiction $checkout
    Set-Content (Join-Path $checkout.Clone notes.txt) untracked
    $env:ASTERISELL_INVENTORY = $checkout.Inventory
}
AfterAll { $env:ASTERISELL_INVENTORY = $null }

Describe 'Update-AsterisellRepository' {
    It 'foresees with -WhatIf commits, conflicts by place and the instances that they touch, and changes nothing' {
        $before = Get-Fingerprint $checkout
        $foreseen = Update-AsterisellRepository -WhatIf
        Get-Fingerprint $checkout | Should -Be $before
        $foreseen | Should -BeOfType Asterisell.RepositoryUpdate
        $foreseen.Status | Should -Be Foreseen
        $foreseen.Commits.Subject | Should -Be 'Version 5.9'
        $foreseen.VersionBefore, $foreseen.VersionAfter | Should -Be Asterisell-5.8, Asterisell-5.9
        $foreseen.Conflicts.Path | Should -Be apps/rates.php, customizations/alpha.php
        $foreseen.Conflicts[0].Instances | Should -Be one/alpha, one/beta
        $foreseen.Conflicts[1].Instances | Should -Be one/alpha
        $foreseen.Conflicts[0].Hunks[0].Line | Should -Be 3
        ($foreseen | Format-List | Out-String -Width 120) | Should -Match '< // two, ours'
        (Get-AsterisellRepository).Behind | Should -Be 1
    }

    It 'foresees what comes through the pipeline too' {
        $before = Get-Fingerprint $checkout
        Get-AsterisellRepository | Update-AsterisellRepository -WhatIf | Should -HaveCount 1
        Get-Fingerprint $checkout | Should -Be $before
    }

    It 'leaves conflicts to be decided, and refuses another update meanwhile' {
        $update = Update-AsterisellRepository
        $update.Status | Should -Be Conflicted
        $update.Message | Should -Match 'Resolve-AsterisellConflict'
        Update-AsterisellRepository -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -Be "RepositoryConflicted,$errorClass"
        $failed.CategoryInfo.TargetName | Should -Be $checkout.Clone
        $null = Undo-AsterisellRepository
    }

    It 'ends within two seconds of Ctrl+C while it fetches' {
        $null = Invoke-Git $checkout.Clone 'config', 'remote.origin.uploadpack', "sh -c 'sleep 60' #"
        try { $stopped = Measure-Stop { Update-AsterisellRepository $args[0] } $checkout.Clone }
        finally { $null = Invoke-Git $checkout.Clone 'config', '--unset', 'remote.origin.uploadpack' }
        $stopped.EndedBefore | Should -BeFalse
        $stopped.Elapsed.TotalSeconds | Should -BeLessThan 2
    }

    It 'says which checkout is meant where the inventory has several' {
        $other = Join-Path $TestDrive two.yml
        Set-Content $other 'version: 1', 'instances:', "  one: { application: { source: '$($checkout.Clone)' } }", "  two: { application: { source: '$($checkout.Upstream)' } }"
        { Update-AsterisellRepository -InventoryPath $other } | Should -Throw -ErrorId "RepositoryUnclear,$errorClass"
        (Get-AsterisellRepository -InventoryPath $other).RepositoryPath | Should -Be $checkout.Clone, $checkout.Upstream
    }
}
