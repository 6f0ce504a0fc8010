BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Import-Module (Join-Path $PSScriptRoot Lifecycle.psm1)
    $checkout = Join-Path $TestDrive checkout
    $null = & (Join-Path (Get-RepositoryRoot) tests/lab/lab) checkout $checkout 5.8
    $script:inventory = New-InstallInventory $TestDrive local/cmp-one, local/cmp-stopped
    Set-Content $inventory ((Get-Content $inventory -Raw) -replace 'source: ''[^'']*''', "source: '$checkout'")
    $env:ASTERISELL_INVENTORY = $inventory
    $cmdlet = 'Asterisell.PowerShell.Commands.CompareAsterisellInstanceCommand'
    $null = Install-AsterisellInstance cmp-one -WaitTimeoutSec 120

    # What a test changes, in the container and in the inventory.
    function Invoke-Inside([string] $Script) { Invoke-LabDocker local/cmp-one 'exec', 'cmp-one', 'bash', '-c', "set -e; cd /var/www/cmp-one/admin; $Script" }
    function Copy-Inventory([string] $From, [string] $To) {
        $file = Join-Path $TestDrive "$(New-Guid).yml"
        Set-Content $file ((Get-Content $inventory -Raw).Replace($From, $To))
        $file
    }
}
AfterAll {
    Remove-Installed local cmp-one, cmp-stopped
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'Compare-AsterisellInstance' {
    It 'finds nothing right after the installation, also by content, also a second later' {
        Compare-AsterisellInstance cmp-one -WarningVariable warned | Should -BeNullOrEmpty
        Compare-AsterisellInstance cmp-one -Checksum | Should -BeNullOrEmpty
        $warned | Should -BeNullOrEmpty
        # The application is activated again and a pass runs, which write what they please.
        Invoke-Inside 'php asterisell.php silently-activate >/dev/null 2>&1; php asterisell.php run jobs >/dev/null 2>&1; touch log/x.log web/uploads/assets/x web/uploads/y data_files/messages/input/x'
        Compare-AsterisellInstance cmp-one | Should -BeNullOrEmpty
    }

    It 'changes nothing' {
        Invoke-Inside 'echo "# mine" >> /etc/nginx/nginx.conf; touch -r asterisell.php /tmp/cmp-reference'
        # A pass of cron may begin meanwhile, and writes into three of these; Docker itself touches the others whenever a file is read through it.
        $look = 'find /etc /var/www \( -name data_files -o -name cache -o -name log -o -path /etc/hostname -o -path /etc/hosts -o -path /etc/resolv.conf \) -prune -o -printf "%p %i %s %T@ %C@ %m %u %g\n" | sort'
        $before = Invoke-Inside $look
        Compare-AsterisellInstance cmp-one -Diff -Checksum | Should -Not -BeNullOrEmpty
        Compare-Object $before (Invoke-Inside $look) | ForEach-Object InputObject | Should -BeNullOrEmpty
        Invoke-Inside 'sed -i "/# mine/d" /etc/nginx/nginx.conf'
    }

    It 'tells an edited nginx file with the lines, and what makes it felt' {
        Invoke-Inside 'echo "# mine" >> /etc/nginx/nginx.conf'
        $drift = Compare-AsterisellInstance cmp-one
        $drift.Subject | Should -Be /etc/nginx/nginx.conf
        $drift.Change | Should -Be Changed
        $drift.Effect | Should -Be WebReload
        $drift.Diff | Should -BeLike '*-# mine*'
        Invoke-Inside 'sed -i "/# mine/d" /etc/nginx/nginx.conf'
        Compare-AsterisellInstance cmp-one | Should -BeNullOrEmpty
    }

    It 'tells a changed app.yml, whichever side changed' {
        $file = Copy-Inventory 'jobs: { configure: [] }' 'jobs: { configure: [], frequencyMinutes: 10, upgrade: [Own_2026] }'
        $drift = Compare-AsterisellInstance cmp-one -InventoryPath $file
        ($drift | Where-Object Subject -Like *app.yml).Effect | Should -Be Activation
        ($drift | Where-Object Subject -Like *app.yml).Diff | Should -BeLike '*+*- Own_2026*'
        ($drift | Where-Object Subject -Like /etc/cron.d/*).Effect | Should -Be Nothing
        $pending = $drift | Where-Object Change -EQ UpgradeJob
        $pending.Subject, $pending.Running, $pending.Effect | Should -Be Own_2026, pending, UpgradeJobs
    }

    It 'marks what needs a new container, and what restarts for other memory' {
        $file = Copy-Inventory 'memoryMegabytes: 1000' 'memoryMegabytes: 2000'
        $drift = Compare-AsterisellInstance cmp-one -InventoryPath $file -Scope Configuration
        ($drift | Where-Object Subject -EQ container.memoryMegabytes) | ForEach-Object { "$($_.Change) $($_.Effect) $($_.Running) $($_.Wanted)" } |
            Should -Be 'Setting NewContainer 1000 MB 2000 MB'
        ($drift | Where-Object Subject -EQ /etc/my.cnf.d/server.cnf).Effect | Should -Be DatabaseRestart
        ($drift | Where-Object Subject -Like /etc/php.d/*).Effect | Should -Be PhpRestart
    }

    It 'shows no password, neither the old nor the new one' {
        $old = $env:ASTERISELL_TEST_CUSTOMER
        try {
            $env:ASTERISELL_TEST_CUSTOMER = 'brandnew-geheim'
            $drift = Compare-AsterisellInstance cmp-one -Diff
            $drift.Subject | Should -Be /var/www/cmp-one/user/config/databases.yml
            $said = ($drift | Format-List * | Out-String) + ($drift | ConvertTo-Json)
            $said | Should -Not -Match 'geheim'
            $said | Should -Not -Match 'cust''o'
            $drift.Note | Should -BeLike 'Only secrets*'
        }
        finally { $env:ASTERISELL_TEST_CUSTOMER = $old }
    }

    It 'tells an operator''s file from one of the next release, and an edited one from a newer one' {
        Invoke-Inside 'echo "<?php class Mine {}" > apps/asterisell/lib/jobs/Mine.php; echo "// mine" >> lib/stand_in/main.php; rm doc/upgrading.txt'
        git -C $checkout switch -q --detach 5.9
        $drift = Compare-AsterisellInstance cmp-one -Diff
        $by = @{}
        $drift | ForEach-Object { $by[$_.Subject -replace '^/var/www/cmp-one/admin/'] = $_ }
        $by['VERSION'].Running, $by['VERSION'].Wanted | Should -Be Asterisell-5.8, Asterisell-5.9
        $by['apps/asterisell/lib/jobs/Mine.php'].Change | Should -Be OperatorFile
        $by['apps/asterisell/lib/helpers/OldHelper.php'].Change | Should -Be Removed
        $by['apps/asterisell/lib/helpers/NewHelper.php'].Change | Should -Be Added
        $by['doc/upgrading.txt'].Note | Should -BeLike '*removed in the instance*'
        $by['lib/stand_in/main.php'].EditedInside | Should -BeTrue
        $by['lib/stand_in/main.php'].Diff | Should -BeLike '*-// mine*'
        $by['apps/asterisell/lib/helpers/CallHelper.php'].EditedInside | Should -BeFalse
        $by['apps/asterisell/lib/helpers/CallHelper.php'].Diff | Should -BeLike '*+*return 4;*'
        $by['Upgrade_2026_03_01'].Running | Should -Be pending # the checkout's own list says so, nobody has to
        $by['apps/asterisell/config/app.yml'].Diff | Should -BeLike '*+*Upgrade_2026_03_01*'
        # Jobs of a release that is not there yet would block every pass.
        Compare-AsterisellInstance cmp-one -Scope Configuration | Should -BeNullOrEmpty
        ($drift | Group-Object Subject | Where-Object Count -GT 1) | Should -BeNullOrEmpty

        # Without the note of what was deployed, as the old tool leaves an instance, the checkout's history tells.
        Invoke-Inside 'mv ../.asterisell-deployed /tmp/'
        $drift = Compare-AsterisellInstance cmp-one -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*local/cmp-one: nobody noted*'
        ($drift | Where-Object Subject -Like *OldHelper.php).Change | Should -Be Removed
        ($drift | Where-Object Subject -Like *Mine.php).Change | Should -Be OperatorFile
        Invoke-Inside 'mv /tmp/.asterisell-deployed ..'
    }

    It 'shows the instance, what to do, and where, within 120 columns' {
        $said = (Compare-AsterisellInstance cmp-one | Out-String -Width 120) -split '\r?\n'
        # A name may hold what a terminal obeys.
        Invoke-Inside 'touch "$(printf "a\033[31mb\nc")"'
        $hostile = Compare-AsterisellInstance cmp-one | Where-Object Subject -Like '*/a*b*c'
        $hostile.Subject | Should -BeExactly "/var/www/cmp-one/admin/a`e[31mb`nc"
        [Asterisell.PowerShell.Display]::DriftSubject($hostile) | Should -BeExactly "admin/a$([char]0xFFFD)[31mb\nc"
        ($said | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 140 # colours count here
        "$said" | Should -BeLike '*Instance: local/cmp-one*Change*Effect*Subject*Details*Version*Activation*VERSION*Asterisell-5.8 → Asterisell-5.9*'
    }

    It 'says of an instance that is not there or not installed what to do, and goes on with the others' {
        $drift = Compare-AsterisellInstance cmp-stopped, cmp-one -Scope Configuration -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be "ContainerNotFound,$cmdlet"
        $failed.CategoryInfo.TargetName | Should -Be local/cmp-stopped
        $drift.Name | Sort-Object -Unique | Should -BeNullOrEmpty
        $null = Compare-AsterisellInstance cmp-one -Source /nonexistent -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be "SourceNotFound,$cmdlet"
    }

    It 'tells of the application without its database, and says that it does not know of upgrade jobs' {
        Invoke-Inside 'mv config/databases.yml /tmp/'
        $drift = Compare-AsterisellInstance cmp-one -Scope Application -WarningVariable warned -WarningAction SilentlyContinue
        Invoke-Inside 'mv /tmp/databases.yml config/'
        "$warned" | Should -BeLike '*upgrade jobs*not known*'
        $drift.Subject | Should -Contain /var/www/cmp-one/admin/apps/asterisell/lib/jobs/Mine.php
    }

    It 'ends soon after Ctrl+C' {
        # A folder in which find is busy for long.
        Invoke-Inside 'mkdir -p slow; cd slow; for i in {1..30}; do mkdir $i; (cd $i; touch {1..2000}); done'
        $stop = Measure-Stop { param($file) Compare-AsterisellInstance cmp-one -InventoryPath $file -Checksum } $inventory -After ([timespan]::FromMilliseconds(300))
        $stop.EndedBefore | Should -BeFalse
        $stop.Elapsed.TotalSeconds | Should -BeLessThan 2
    }
}
