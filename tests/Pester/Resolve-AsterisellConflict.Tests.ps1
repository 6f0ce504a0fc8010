BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Import-Module (Join-Path $PSScriptRoot Checkout.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.ResolveAsterisellConflictCommand'
    $checkout = New-Checkout $TestDrive
    Add-Contradiction $checkout
    $env:ASTERISELL_INVENTORY = $checkout.Inventory
    $null = Update-AsterisellRepository
}
AfterAll { $env:ASTERISELL_INVENTORY = $null }

Describe 'Resolve-AsterisellConflict' {
    It 'decides nothing with -WhatIf' {
        Get-AsterisellConflict | Resolve-AsterisellConflict -Use Ours -WhatIf | Should -BeNullOrEmpty
        Get-AsterisellConflict | Should -HaveCount 2
    }

    It 'refuses a file with markers, and one without a conflict' {
        Resolve-AsterisellConflict apps/rates.php, VERSION -Use Edited -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -Be "MarkersLeft,$errorClass", "ConflictMissing,$errorClass"
        $failed[0].Exception.Message | Should -Match 'apps/rates\.php:3'
        $failed[0].CategoryInfo.TargetName | Should -Be apps/rates.php
    }

    It 'takes conflicts from the pipeline, one side or what was edited, and the merge is committed' {
        $ours = Get-AsterisellConflict customizations/* | Resolve-AsterisellConflict -Use Ours
        $ours.Resolution | Should -Be Ours
        Get-Content (Join-Path $checkout.Clone customizations/alpha.php) | Should -Contain '// alpha, ours'
        Set-Content (Join-Path $checkout.Clone apps/rates.php) '<?php', '// both'
        (Resolve-AsterisellConflict apps/*.php -Use Edited).Path | Should -Be apps/rates.php
        (Get-AsterisellRepository).Status | Should -Be Merging
        $save = Save-AsterisellRepository
        $save.IsMerge | Should -BeTrue
        $save.Files | Should -Be VERSION, apps/rates.php
        (Get-AsterisellRepository).Status | Should -Be Clean
    }
}
