BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Import-Module (Join-Path $PSScriptRoot Checkout.psm1)
    $checkout = New-Checkout $TestDrive
    Add-Contradiction $checkout
    $inventory = Get-Content $checkout.Inventory
    Add-Commit $checkout.Upstream 'Their port' @{ 'asterisell.yml' = $inventory -replace 'one/beta: {}', 'one/beta: { ports: { http: 8100 } }' }
    Add-Commit $checkout.Clone 'Our port' @{ 'asterisell.yml' = $inventory -replace 'one/beta: {}', 'one/beta: { ports: { http: 8200 } }' }
    $env:ASTERISELL_INVENTORY = $checkout.Inventory
    $null = Update-AsterisellRepository
}
AfterAll { $env:ASTERISELL_INVENTORY = $null }

Describe 'Get-AsterisellConflict' {
    It 'lists places and instances, though the inventory itself is in conflict' {
        $conflicts = Get-AsterisellConflict
        $conflicts.Path | Should -Be apps/rates.php, asterisell.yml, customizations/alpha.php
        $conflicts[0].Instances | Should -Be one/alpha, one/beta
        $conflicts[1].Instances | Should -Be one/beta
        $conflicts[2].Instances | Should -Be one/alpha
        "$($conflicts[0].Hunks)" | Should -Be "@@ line 3 @@`n< // two, ours`n> // two, theirs"
        (Get-AsterisellRepository).Conflicts | Should -Be $conflicts.Path
        ($conflicts | Format-Table | Out-String -Width 120) | Should -Match 'apps/rates\.php +BothModified +Commit +3 +one/alpha, one/beta'
    }

    It 'chooses by path' {
        (Get-AsterisellConflict apps/*, *.yml).Path | Should -Be apps/rates.php, asterisell.yml
        Get-AsterisellConflict nothing | Should -BeNullOrEmpty
    }
}
