BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Import-Module (Join-Path $PSScriptRoot Checkout.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.GetAsterisellRepositoryCommand'
    $checkout = New-Checkout $TestDrive
    $env:ASTERISELL_INVENTORY = $checkout.Inventory
}
AfterAll { $env:ASTERISELL_INVENTORY = $null }

Describe 'Get-AsterisellRepository' {
    It 'tells how the checkout of the inventory is' {
        $repository = Get-AsterisellRepository
        $repository | Should -BeOfType Asterisell.AsterisellRepository
        $repository.RepositoryPath | Should -Be $checkout.Clone
        $repository.Status, $repository.Branch, $repository.Upstream, $repository.Ahead, $repository.Behind | Should -Be Clean, main, origin/main, 0, 0
        $repository.Version | Should -Be Asterisell-5.8
        $repository.Instances | Should -Be one/alpha, one/beta
        $repository.IsClean | Should -BeTrue
    }

    It 'names changes, new files and secrets, and never shows a secret' {
        Add-Content (Join-Path $checkout.Clone apps/rates.php) "`$password = 'hunter2';"
        Set-Content -LiteralPath (Join-Path $checkout.Clone 'new [1].txt') x
        $repository = Get-AsterisellRepository -RepositoryPath (Join-Path $checkout.Clone apps)
        $repository.Status | Should -Be Changed
        $repository.Changes.Path | Should -Be apps/rates.php
        $repository.Untracked | Should -Be 'new [1].txt'
        "$($repository.Secrets)" | Should -Be 'apps/rates.php:5'
        $shown = ($repository | Format-List | Out-String -Width 120) + ($repository | Format-Table | Out-String -Width 120)
        $shown | Should -Match ([regex]::Escape("apps/rates.php:5: `$password = '********'"))
        $shown | Should -Not -Match hunter2
        $null = Invoke-Git $checkout.Clone 'checkout', '--quiet', '.'
        Remove-Item -LiteralPath (Join-Path $checkout.Clone 'new [1].txt')
    }

    It 'works where there is no inventory, and says what is no checkout' {
        $env:ASTERISELL_INVENTORY = $null
        Push-Location (Join-Path $checkout.Upstream apps)
        try { (Get-AsterisellRepository).RepositoryPath | Should -Be $checkout.Upstream }
        finally { Pop-Location; $env:ASTERISELL_INVENTORY = $checkout.Inventory }
        Get-AsterisellRepository $TestDrive -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -Be "RepositoryNotFound,$errorClass"
        $failed.CategoryInfo.TargetName | Should -Be "$TestDrive"
        Get-AsterisellRepository (Join-Path $TestDrive nowhere) -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -Be "FolderNotFound,$errorClass"
    }

    It 'says that there is no git' {
        $path = $env:PATH
        try {
            $env:PATH = '/nowhere'
            Get-AsterisellRepository $checkout.Clone -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        }
        finally { $env:PATH = $path }
        $failed.FullyQualifiedErrorId | Should -Be "GitMissing,$errorClass"
    }
}
