BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.TestAsterisellInventoryCommand'
    $wrong = Join-Path $TestDrive wrong.yml
    Set-Content $wrong @'
version: 1
instances:
  billing:
    actve: true
    ports: { http: 80000 }
  demo: { host: milan }
'@
    $warned = Join-Path $TestDrive warned.yml
    Set-Content $warned 'version: 1', 'instances: { billing: { smtp: { password: hunter2 } } }'
    $sound = Join-Path $TestDrive asterisell.yml
    Set-Content $sound 'version: 1', 'instances: { billing: {} }'
    Push-Location $TestDrive
}
AfterAll { Pop-Location }

Describe 'Test-AsterisellInventory' {
    It 'tells all errors at once, each with its place and what was meant' {
        $findings = Test-AsterisellInventory $wrong
        $findings.Id | Should -Be UnknownKey, InvalidValue, UnknownHost
        $findings | ForEach-Object { "$($_.Line):$($_.Column)" } | Should -Be '4:5', '5:20', '6:17'
        $findings[0] | Should -BeOfType Asterisell.InventoryFinding
        $findings[0].Suggestion | Should -Be "Did you mean 'active'?"
        $findings[1].Expected | Should -Be 'an integer from 1 to 65535'
    }

    It 'says no with -Quiet where there is none' {
        Test-AsterisellInventory (Join-Path $TestDrive nowhere.yml) -Quiet | Should -BeExactly $false
        $env:ASTERISELL_INVENTORY, $old = (Join-Path $TestDrive nowhere.yml), $env:ASTERISELL_INVENTORY
        try { Test-AsterisellInventory -Quiet | Should -BeExactly $false }
        finally { $env:ASTERISELL_INVENTORY = $old }
    }

    It 'says nothing of a sound one, and yes with -Quiet' {
        Test-AsterisellInventory | Should -BeNullOrEmpty
        Test-AsterisellInventory -Quiet | Should -BeTrue
        Test-AsterisellInventory $wrong -Quiet | Should -BeFalse
    }

    It 'warns of a password without showing it; the inventory can be used' {
        $finding = Test-AsterisellInventory $warned
        $finding.Severity | Should -Be Warning
        Test-AsterisellInventory $warned -Quiet | Should -BeTrue
        $finding | Format-List -Property * | Out-String | Should -Not -Match hunter2
        $finding | ConvertTo-Json | Should -Not -Match hunter2
    }

    It 'shows no password of an instance, however it is looked at' {
        $instance = Get-AsterisellInstance -InventoryPath $warned -WarningAction SilentlyContinue
        $file = Join-Path $TestDrive instance.xml
        $instance | Export-Clixml $file -Depth 9
        Get-Content $file -Raw | Should -Not -Match hunter2
        $instance | ConvertTo-Json -Depth 9 -WarningAction SilentlyContinue | Should -Not -Match hunter2
        $instance.Settings.Smtp | Format-List -Property * -Force | Out-String -Width 400 | Should -Not -Match hunter2
        $instance.Settings.Smtp.Password | Format-Custom | Out-String | Should -Not -Match hunter2
    }

    It 'takes files from the pipeline' {
        ($wrong, $warned | Test-AsterisellInventory).Count | Should -Be 4
        Get-ChildItem $TestDrive -Filter *.yml | Sort-Object Name | Test-AsterisellInventory -Quiet | Should -Be $true, $true, $false
    }

    It 'shows place, key and message in a table' {
        $table = Test-AsterisellInventory $wrong | Out-String -Width 120
        $table | Should -Match 'wrong\.yml'
        $table | Should -Match '4:5\s+instances\.billing\.actve'
    }

    It 'makes a finding of a file that cannot be read, and an error of none at all' {
        (Test-AsterisellInventory (Join-Path $TestDrive none.yml)).Id | Should -Be NotReadable
        (Test-AsterisellInventory $TestDrive).Id | Should -Be NotReadable
        $env:ASTERISELL_INVENTORY = Join-Path $TestDrive none.yml
        try { { Test-AsterisellInventory } | Should -Throw -ErrorId "InventoryFileNotFound,$errorClass" }
        finally { $env:ASTERISELL_INVENTORY = $null }
    }
}
