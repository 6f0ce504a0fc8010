BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Start-LabInstance local/passwords '--no-cron', '--cdrs', '200', '--months', '1'
    $secrets = New-Item -ItemType Directory (Join-Path $TestDrive secrets)
    function Set-Secret([string] $Name, [string] $Value) {
        Set-Content (Join-Path $secrets $Name) $Value -NoNewline
        chmod 600 (Join-Path $secrets $Name)
    }
    Set-Secret admin 'first "horse" 7'
    Set-Secret customer "customer's 8"
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/passwords, local/absent -Extra @{
        'local/passwords' = "database: { password: { file: $secrets/admin }, customerPassword: { file: $secrets/customer } }"
    }
    $null = Wait-AsterisellInstance passwords -TimeoutSec 90

    function Get-Credentials { Invoke-LabDocker local/passwords 'exec', 'passwords', 'cat', '/var/www/passwords/admin/config/databases.yml', '/var/www/passwords/user/config/databases.yml' }
    function Get-Page([string] $Path) { Invoke-LabDocker local/passwords 'exec', 'passwords', 'curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', "http://127.0.0.1$Path" }
}
AfterAll {
    Remove-LabInstance local/passwords
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Set-AsterisellDatabasePassword' {
    It 'changes nothing with -WhatIf, and shows every step' {
        $before = Get-Credentials
        Set-AsterisellDatabasePassword passwords -WhatIf | Should -BeNullOrEmpty
        Get-Credentials | Should -Be $before
    }

    It 'gives both applications the inventory''s passwords; no output, verbose or not, shows one' {
        $said = Get-AsterisellInstance passwords | Set-AsterisellDatabasePassword -Verbose -Debug *>&1
        $result = $said | Where-Object { $_ -is [Asterisell.OperationResult] }
        $result.Status | Should -Be Succeeded
        $result.Operation | Should -Be SetPassword
        "$said" | Should -Not -Match 'horse|customer''s'
        "$(Get-Credentials)" | Should -Match 'first "horse" 7'
        Get-Page '/' | Should -Be 200
        Get-Page '/admin/' | Should -Be 200
        (Get-AsterisellStatus passwords).Condition | Should -Be Healthy
        Invoke-AsterisellJob passwords | ForEach-Object Status | Should -Be Succeeded
    }

    It 'says that nothing changed when they are as they are to be' {
        (Set-AsterisellDatabasePassword passwords).Status | Should -Be Unchanged
    }

    It 'refuses one password for both applications, before anything changes' {
        $before = Get-Credentials
        Set-Secret customer 'first "horse" 7'
        (Set-AsterisellDatabasePassword passwords -ErrorVariable failed -ErrorAction SilentlyContinue).Status | Should -Be Failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'PasswordsEqual,*'
        Set-Secret customer '%SF_ROOT_DIR%'
        $null = Set-AsterisellDatabasePassword passwords -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'PasswordUnwritable,*'
        "$($failed[0])" | Should -Not -Match 'SF_ROOT_DIR'
        Get-Credentials | Should -Be $before
    }

    It 'is another instance''s failure alone where there is no container' {
        Set-Secret customer 'customer 9'
        $results = Set-AsterisellDatabasePassword * -ErrorVariable failed -ErrorAction SilentlyContinue
        ($results | Where-Object Status -EQ Succeeded).Name | Should -Be passwords
        ($results | Where-Object Status -EQ Failed).Name | Should -Be absent
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'ContainerNotFound,*'
    }

    It 'ends at Ctrl+C, and leaves an instance that works' {
        Set-Secret admin 'second horse 10'
        $ended = Measure-Stop { Set-AsterisellDatabasePassword passwords } -After ([timespan]::FromMilliseconds(700))
        $ended.Elapsed | Should -BeLessThan ([timespan]::FromSeconds(2))
        Get-Page '/' | Should -Be 200
        (Set-AsterisellDatabasePassword passwords).Status | Should -BeIn Succeeded, Unchanged
        "$(Get-Credentials)" | Should -Match 'second horse 10'
        Get-Page '/admin/' | Should -Be 200
    }
}
