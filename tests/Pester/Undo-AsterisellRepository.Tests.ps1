BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Import-Module (Join-Path $PSScriptRoot Checkout.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.UndoAsterisellRepositoryCommand'
    $checkout = New-Checkout $TestDrive
    Add-Contradiction $checkout
    Set-Content (Join-Path $checkout.Clone asterisell.php) '<?php // local'
    Set-Content (Join-Path $checkout.Clone notes.txt) untracked
    Set-Content (Join-Path $checkout.Clone staged.txt) staged
    $null = Invoke-Git $checkout.Clone 'add', 'staged.txt'
    $env:ASTERISELL_INVENTORY = $checkout.Inventory
    $before = Get-Fingerprint $checkout
}
AfterAll { $env:ASTERISELL_INVENTORY = $null }

Describe 'Undo-AsterisellRepository' {
    It 'has nothing to undo where nothing is under way' {
        Undo-AsterisellRepository -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -Be "NothingToUndo,$errorClass"
    }

    It 'brings back exactly what was, and keeps what was edited since' {
        (Update-AsterisellRepository).Status | Should -Be Conflicted
        Set-Content (Join-Path $checkout.Clone apps/rates.php) 'half a decision'
        $meanwhile = Get-Fingerprint $checkout
        Undo-AsterisellRepository -WhatIf | Should -BeNullOrEmpty
        Get-Fingerprint $checkout | Should -Be $meanwhile
        $undo = Undo-AsterisellRepository
        Get-Fingerprint $checkout | Should -Be $before
        $undo.Kept | Should -Be apps/rates.php
        Get-Content (Join-Path $undo.KeptPath apps/rates.php) | Should -Be 'half a decision'
        $undo.LocalChanges | Should -Be asterisell.php, staged.txt
    }

    It 'brings it back after PowerShell and git were killed' {
        $mark = Join-Path $TestDrive mark
        $hook = Join-Path $checkout.Clone .git/hooks/post-merge
        $null = Invoke-Git $checkout.Clone 'reset', '--quiet', '--soft', 'origin/main~1'
        Set-Content $hook '#!/bin/sh', "touch $mark", 'sleep 60'
        chmod +x $hook
        $null = Invoke-Git $checkout.Clone 'checkout', '--quiet', 'HEAD', '--', 'apps', 'customizations'
        $before = Get-Fingerprint $checkout
        $killed = Start-Process ([Environment]::ProcessPath) -PassThru -ArgumentList '-NoProfile', '-NonInteractive', '-Command',
            "Import-Module '$(Get-ModulePath)'; Update-AsterisellRepository '$($checkout.Clone)'" -RedirectStandardOutput (Join-Path $TestDrive said)
        try {
            for ($tries = 0; -not (Test-Path $mark); $tries++) { $tries | Should -BeLessThan 300; Start-Sleep -Milliseconds 100 }
        }
        finally { $killed.Kill($true) }
        Remove-Item $hook
        (Get-AsterisellRepository).Status | Should -Be Interrupted
        $null = Get-AsterisellRepository | Where-Object Status -EQ Interrupted | Undo-AsterisellRepository
        Get-Fingerprint $checkout | Should -Be $before
    }
}
