BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Import-Module (Join-Path $PSScriptRoot Checkout.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.SaveAsterisellRepositoryCommand'
    $checkout = New-Checkout $TestDrive
    $env:ASTERISELL_INVENTORY = $checkout.Inventory
    Set-Content (Join-Path $checkout.Clone apps/new.php) '<?php'
    Set-Content (Join-Path $checkout.Clone other.txt) x
}
AfterAll { $env:ASTERISELL_INVENTORY = $null }

Describe 'Save-AsterisellRepository' {
    It 'commits nothing with -WhatIf' {
        $before = Get-Fingerprint $checkout
        Save-AsterisellRepository 'Nothing' -WhatIf | Should -BeNullOrEmpty
        Get-Fingerprint $checkout | Should -Be $before
    }

    It 'commits a named folder alone, then the rest' {
        Push-Location $checkout.Clone
        try { $save = Save-AsterisellRepository 'New page' -Path apps }
        finally { Pop-Location }
        $save.Files | Should -Be apps/new.php
        $save.Commit.Subject | Should -Be 'New page'
        (Save-AsterisellRepository -Message Rest).Files | Should -Be other.txt
        (Save-AsterisellRepository -Message Nothing).Message | Should -Be 'There is nothing to commit.'
    }

    It 'refuses secrets and conflict markers by file and line' {
        Set-Content (Join-Path $checkout.Clone passwords.conf) '# x', 'password = hunter2'
        Save-AsterisellRepository Passwords -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -Be "SecretsFound,$errorClass"
        "$failed" | Should -Match 'passwords\.conf:2 \(password = \*{8}\)'
        "$failed" | Should -Not -Match hunter2
        Set-Content (Join-Path $checkout.Clone passwords.conf) '<<<<<<< a', '=======', '>>>>>>> b'
        Save-AsterisellRepository Markers -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be "MarkersLeft,$errorClass"
        Remove-Item (Join-Path $checkout.Clone passwords.conf)
    }

    It 'wants a message' {
        Set-Content (Join-Path $checkout.Clone apps/new.php) 'x'
        Save-AsterisellRepository -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be "MessageMissing,$errorClass"
    }
}
