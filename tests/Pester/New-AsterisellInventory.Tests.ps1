BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.NewAsterisellInventoryCommand'
    Push-Location $TestDrive
}
AfterAll { Pop-Location }

Describe 'New-AsterisellInventory' {
    BeforeEach { Remove-Item (Join-Path $TestDrive *) -Recurse -Force }

    It 'writes an inventory that has nothing to say about, and gives its file' {
        $file = New-AsterisellInventory
        $file | Should -BeOfType System.IO.FileInfo
        $file.PSPath | Should -BeLike "*::$($file.FullName)" -Because 'the table of files needs what Get-Item adds'
        $file.FullName | Should -Be (Join-Path (Get-Item $TestDrive).FullName asterisell.yml)
        Test-AsterisellInventory $file.FullName | Should -BeNullOrEmpty
        (Get-AsterisellInstance).ToString() | Should -Be local/billing
    }

    It 'names the schema of the module for editors' {
        $first = Get-Content (New-AsterisellInventory).FullName -TotalCount 1
        $first | Should -Match '^# yaml-language-server: \$schema=(.+)$'
        $first -replace '^.*=' | Should -Exist
    }

    It 'takes a file, a folder, and a folder that is yet to be made' {
        (New-AsterisellInventory other.yml).Name | Should -Be other.yml
        $null = New-Item -ItemType Directory (Join-Path $TestDrive sub)
        (New-AsterisellInventory sub).Name | Should -Be asterisell.yml
        Join-Path $TestDrive sub/asterisell.yml | Should -Exist
        $null = New-AsterisellInventory -Path new/deep/fleet.yml
        Join-Path $TestDrive new/deep/fleet.yml | Should -Exist
    }

    It 'is for its owner only' -Skip:$IsWindows {
        (New-AsterisellInventory).UnixFileMode.ToString() | Should -Be 'UserWrite, UserRead'
    }

    It 'replaces a file only by force' {
        Set-Content asterisell.yml mine
        { New-AsterisellInventory } | Should -Throw -ErrorId "InventoryExists,$errorClass"
        Get-Content asterisell.yml | Should -Be mine
        $null = New-AsterisellInventory -Force
        Test-AsterisellInventory -Quiet | Should -BeTrue
    }

    It 'writes nothing with -WhatIf' {
        New-AsterisellInventory -WhatIf | Should -BeNullOrEmpty
        Join-Path $TestDrive asterisell.yml | Should -Not -Exist
    }

    It 'says why it cannot write' {
        Set-Content file x
        { New-AsterisellInventory file/below.yml } | Should -Throw -ErrorId "InventoryNotWritable,$errorClass"
    }
}
