BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.UpdateAsterisellInstanceCommand'
    $name = 'update-one'
    $env:XDG_STATE_HOME = Join-Path $TestDrive state
    $checkout = Join-Path $TestDrive checkout
    $null = & (Join-Path (Get-RepositoryRoot) tests/lab/lab) checkout $checkout 5.9
    Start-LabInstance "local/$name" '--no-cron', '--cdrs', '100', '--months', '1'
    foreach ($part in @{ db = "db-password-of-$name"; usr = "usr-password-of-$name" }.GetEnumerator()) {
        Set-Content (Join-Path $TestDrive $part.Key) $part.Value
        chmod 600 (Join-Path $TestDrive $part.Key)
    }
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive "local/$name" @{
        "local/$name" = @(
            "application: { source: '$checkout' }"
            "database: { name: '$name', user: '$name', password: { file: '$TestDrive/db' }, customerPassword: { file: '$TestDrive/usr' } }"
            'jobs: { upgrade: [Upgrade_2026_03_01, UpgradeTexts_2026_03_01] }')
    }
    $safety = Join-Path $TestDrive backups
    function Invoke-Inside([string] $Bash) { Invoke-LabDocker "local/$name" 'exec', $name, 'bash', '-c', $Bash }
    function Get-State {
        Invoke-Inside "cd /var/www/$name && find admin user /etc /var/lib/asterisell-update \( -path '*/cache' -o -path '*/log' -o -path '*/messages/*' \) -prune -o -type f -printf '%p %m %u:%g ' -exec md5sum {} \; 2>/dev/null | sort; ls -d user/REMOVE* admin/REMOVE* admin/data_files/messages/params/REMOVE* 2>/dev/null; mysql -uroot -pdb-password-of-$name $name -e 'CHECKSUM TABLE ar_cdr, ar_party, ar_rate, ar_application_upgrade'"
    }
    function Test-Same([string[]] $Before) {
        Compare-Object $Before (Get-State) | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
    }
    $null = Wait-AsterisellInstance $name -TimeoutSec 60
}
AfterAll {
    Remove-LabInstance "local/$name"
    $env:ASTERISELL_INVENTORY = $null
    $env:XDG_STATE_HOME = $null
}

Describe 'Update-AsterisellInstance' {
    It 'shows with -WhatIf what it would do, and changes nothing' {
        $before = Get-State
        Update-AsterisellInstance $name -SafetyPath $safety -WhatIf | Should -BeNullOrEmpty
        $said = Invoke-FreshPowerShell "Import-Module '$(Get-ModulePath)'; Update-AsterisellInstance $name -SafetyPath '$safety' -WhatIf -InventoryPath '$env:ASTERISELL_INVENTORY'"
        "$said" | Should -BeLike '*Keep customers out*'
        "$said" | Should -BeLike "*$safety*"
        Test-Same $before
    }

    It 'refuses what cannot go well, and says why: <Id>' -ForEach @(
        @{ Id = 'SafetyPathMissing'; Given = @{}; Change = {} }
        @{ Id = 'SourceNotFound'; Given = @{ SafetyPath = '/tmp/none'; Source = '/nowhere' }; Change = {} }
        @{ Id = 'RepositoryNotClean'; Given = @{ SafetyPath = '/tmp/none' }; Change = { Add-Content (Join-Path $checkout VERSION) 'mine' } }
    ) {
        $before = Get-State
        & $Change
        $result = Update-AsterisellInstance $name @Given -ErrorVariable failed -ErrorAction SilentlyContinue
        git -C $checkout checkout --quiet -- .
        $failed.FullyQualifiedErrorId | Should -Be "$Id,$errorClass"
        $result.Status | Should -Be Failed
        $result | Should -BeOfType Asterisell.UpdateResult
        Test-Same $before
    }

    It 'does not go on and back at once' {
        { Update-AsterisellInstance $name -Resume -Rollback } | Should -Throw -ErrorId "ResumeOrRollback,$errorClass"
    }

    It 'has nothing to go on with, and nothing to undo' {
        (Update-AsterisellInstance $name -Resume).Status | Should -Be Unchanged
        (Update-AsterisellInstance $name -Rollback).Status | Should -Be Unchanged
    }

    It 'puts everything back on Ctrl+C, with customers in' {
        $before = Get-State
        $stopped = Measure-Stop -After ([timespan]::FromSeconds(6)) { param($name, $safety, $inventory) Update-AsterisellInstance $name -SafetyPath $safety -InventoryPath $inventory } $name, $safety, $env:ASTERISELL_INVENTORY
        $stopped.EndedBefore | Should -BeFalse
        Test-Same $before
    }

    It 'brings the next release, and tells the phase, both versions and the downtime' {
        # The application alone: app.yml is its own, for it names the upgrade jobs; the web server's configuration is not.
        $script:nginx = Invoke-Inside 'md5sum /etc/nginx/nginx.conf'
        $result = Update-AsterisellInstance $name -Scope Application -SafetyPath $safety
        $result.Status | Should -Be Succeeded
        Invoke-Inside 'md5sum /etc/nginx/nginx.conf' | Should -Be $nginx
        "$($result.FromVersion) $($result.ToVersion) $($result.Phase)" | Should -Be 'Asterisell-5.8 Asterisell-5.9 Finish'
        $result.Downtime | Should -BeGreaterThan ([timespan]::Zero)
        "$($result.AppliedUpgradeJobs)" | Should -Be 'Upgrade_2026_03_01 UpgradeTexts_2026_03_01'
        (Get-AsterisellStatus $name).Application.Version | Should -Be 'Asterisell-5.9'
        Test-AsterisellBackup -Path $result.BackupPath | ForEach-Object Passed | Should -BeTrue
        ($result | Update-AsterisellInstance -Scope Application -SafetyPath $safety).Status | Should -Be Unchanged
    }

    It 'writes the configuration alone, with customers in' {
        $result = Update-AsterisellInstance $name -Scope Configuration
        $result.Status | Should -Be Succeeded
        Invoke-Inside 'md5sum /etc/nginx/nginx.conf' | Should -Not -Be $nginx
        (Update-AsterisellInstance $name -SafetyPath $safety).Status | Should -Be Unchanged
    }
}
