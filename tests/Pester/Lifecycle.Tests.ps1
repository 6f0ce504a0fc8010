BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Import-Module (Join-Path $PSScriptRoot Lifecycle.psm1)
    $backups = Join-Path $TestDrive backups
    $credential = [pscredential]::new('chief', (ConvertTo-SecureString 'four random words here 9' -AsPlainText))
    $env:ASTERISELL_INVENTORY = New-InstallInventory $TestDrive local/life-one
    $port = (Get-AsterisellInstance life-one).Settings.Ports.Http

    function Get-LoginAnswer([string] $Page, [pscredential] $As) {
        $body = @{ login = $As.UserName; password = $As.GetNetworkCredential().Password }
        $content = (Invoke-WebRequest "http://127.0.0.1:$port$Page" -Method Post -Body $body).Content
        [regex]::Match($content, '<p id=login>(\w+)</p>').Groups[1].Value
    }
}
AfterAll {
    Remove-Installed local life-one, life-old
    Remove-LabLeftover local -Image 'asterisell/centos7:latest'
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'A life of an instance' {
    It 'installs, logs in, works, restarts, stops, starts and goes, and the host is as before' {
        $before = Get-HostState local
        $installed = Install-AsterisellInstance life-one -AdminCredential $credential -WaitTimeoutSec 120
        $installed.Status | Should -Be Succeeded

        foreach ($page in '/admin/', '/') {
            Get-LoginAnswer $page $credential | Should -Be welcome
            Get-LoginAnswer $page ([pscredential]::new('chief', (ConvertTo-SecureString wrong -AsPlainText))) | Should -Be refused
        }

        Invoke-AsterisellCommand life-one -Command php, asterisell.php, run, jobs -Collect | ForEach-Object ExitCode | Should -Be 0
        @(Get-AsterisellJob life-one).Count | Should -BeGreaterThan 20

        $second = [pscredential]::new('deputy', (ConvertTo-SecureString 'five other words there 7' -AsPlainText))
        (Set-AsterisellAdmin life-one -Credential $second).OtherAdmins | Should -Be chief
        Get-LoginAnswer /admin/ $second | Should -Be welcome
        Get-LoginAnswer /admin/ $credential | Should -Be welcome

        (Restart-AsterisellInstance life-one -WaitTimeoutSec 120).Status | Should -Be Succeeded
        (Stop-AsterisellInstance life-one).Status | Should -Be Succeeded
        (Start-AsterisellInstance life-one -WaitTimeoutSec 120).Status | Should -Be Succeeded
        "$((Get-AsterisellStatus life-one).Remarks)" | Should -BeNullOrEmpty

        # A setting changed in the inventory is felt after this, and what was locked stays locked.
        (Get-Content $env:ASTERISELL_INVENTORY -Raw) -replace 'jobs: \{ configure: \[\] \}', 'jobs: { configure: [], export: [MyShipping], offsetMinutes: 3 }' | Set-Content $env:ASTERISELL_INVENTORY
        $null = Disable-AsterisellWeb life-one
        $applied = Restart-AsterisellInstance life-one -ApplyConfiguration -WaitTimeoutSec 120
        $applied.Message | Should -BeLike '*2 files were written (*app.yml, */etc/cron.d/asterisell_life-one)*'
        Invoke-LabDocker local/x 'exec', 'life-one', 'cat', '/var/www/life-one/user/apps/asterisell/config/app.yml' | Out-String | Should -BeLike '*MyShipping*'
        (Get-AsterisellStatus life-one).Locks.WebLocked | Should -BeTrue
        $null = Enable-AsterisellWeb life-one
        (Restart-AsterisellInstance life-one -ApplyConfiguration -WaitTimeoutSec 120).Message | Should -BeLike '*as the inventory wants it*'
        Get-LoginAnswer / $credential | Should -Be welcome

        # What nginx refuses is taken back: old files with their owners, and no new one stays.
        $inventory = Get-Content $env:ASTERISELL_INVENTORY -Raw
        $inventory.Replace('jobs: { configure: []', "webdav: { users: [ { name: shop, password: { env: ASTERISELL_TEST_DB } } ] }`n    jobs: { configure: []") | Set-Content $env:ASTERISELL_INVENTORY
        $files = { Invoke-LabDocker local/x 'exec', 'life-one', 'find', '/etc/nginx', '/var/www/life-one/admin/apps/asterisell/config', '-type', 'f', '-printf', '%p %s %U %G %m\n' | Sort-Object }
        $null = Invoke-LabDocker local/x 'exec', 'life-one', 'bash', '-c', 'cp -p /etc/nginx/mime.types /root/ && echo broken > /etc/nginx/mime.types && chown www-data /etc/nginx/nginx.conf'
        $state = & $files
        $null = Restart-AsterisellInstance life-one -ApplyConfiguration -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'WebConfigurationRefused,*'
        & $files | Should -Be $state
        $null = Invoke-LabDocker local/x 'exec', 'life-one', 'bash', '-c', 'mv /root/mime.types /etc/nginx/ && chown root /etc/nginx/nginx.conf'
        $inventory | Set-Content $env:ASTERISELL_INVENTORY

        (Uninstall-AsterisellInstance life-one -Destination $backups -Force).Status | Should -Be Succeeded
        (Get-AsterisellBackup -Destination $backups).LastTestPassed | Should -BeTrue
        Get-HostState local | Should -Be $before
    }

    It 'keeps the data where that is wanted, and takes them up again' {
        $null = Install-AsterisellInstance life-one -AdminCredential $credential -WaitTimeoutSec 120
        $null = Uninstall-AsterisellInstance life-one -SkipBackup -KeepData -Force
        $kept = Get-AsterisellVolume -Name life-one
        $kept.State | Sort-Object -Unique | Should -Be Orphan
        $kept.Path | Sort-Object | Should -Be /etc/ssh, /root/.ssh, /var
        $null = Uninstall-AsterisellInstance life-one -Destination $backups -Force -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'LastBackupImpossible,*'

        (Install-AsterisellInstance life-one -WaitTimeoutSec 120).Status | Should -Be Succeeded
        Get-LoginAnswer /admin/ $credential | Should -Be welcome
        (Uninstall-AsterisellInstance life-one -SkipBackup -Force).Status | Should -Be Succeeded
        Get-AsterisellVolume -Name life-one | Should -BeNullOrEmpty
    }
}

Describe 'An instance that the old tool made' {
    It 'is managed as it is: status, jobs, shell, backup, volume' {
        # The image carries the instance's name for the stand-in's own start; the rest is the old tool's docker run, word for word.
        $null = Invoke-LabDocker local/x 'create', '--pull', 'never', '--name', 'life-image', 'asterisell-lab:stand-in'
        $null = Invoke-LabDocker local/x 'commit', '--change', 'ENV ASTERISELL_LAB_INSTANCE=life-old ASTERISELL_LAB_CDRS=200 ASTERISELL_LAB_CRON=off', 'life-image', 'asterisell/centos7'
        $null = Invoke-LabDocker local/x 'rm', '-v', 'life-image'
        $null = Invoke-LabDocker local/x 'run', '--restart=always', '-d', '-P', '--name', 'life-old', '-p', "127.0.0.1:$(Get-FreePort 1):80", '-p', "$(Get-FreePort 1):22", '-v', '/dev/log:/dev/log', 'asterisell/centos7', '/usr/bin/supervisord'
        $file = New-LabInventory (New-Item -ItemType Directory (Join-Path $TestDrive old)) local/life-old
        $null = Wait-AsterisellInstance life-old -InventoryPath $file -TimeoutSec 90

        (Get-AsterisellStatus life-old -InventoryPath $file).Condition | Should -Be Healthy
        $null = Invoke-AsterisellCommand life-old -InventoryPath $file -Command php, asterisell.php, run, jobs -Collect
        @(Get-AsterisellJob life-old -InventoryPath $file).Count | Should -BeGreaterThan 20
        (Invoke-AsterisellCommand life-old -InventoryPath $file -Shell 'pwd' -Collect).Output | Should -Match '/var/www/life-old/admin'
        (Backup-AsterisellData life-old -InventoryPath $file -Destination $backups).State | Should -Be Complete
        (Restart-AsterisellInstance life-old -InventoryPath $file -WaitTimeoutSec 90).Status | Should -Be Succeeded
        $volume = Get-AsterisellVolume local -InventoryPath $file -Name life-old
        $volume.IsAnonymous | Should -BeTrue
        $volume.Evidence[0].Kind | Should -Be Mount

        $null = Install-AsterisellInstance life-old -InventoryPath $file -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'InstanceNameTaken,*'
        $null = Invoke-LabDocker local/x 'rm', '-f', 'life-old'
        $orphan = Get-AsterisellVolume local -InventoryPath $file -Name life-old -Orphan
        $orphan.VolumeName | Should -Be $volume.VolumeName
        $orphan.Evidence.Kind | Should -Contain Content
        ($orphan | Remove-AsterisellVolume -InventoryPath $file -Force).Status | Should -Be Succeeded
    }
}

Describe 'A PowerShell that is killed' {
    # All steps: ASTERISELL_CAMPAIGN=full, as ./build.sh campaign sets it. Else a few of each.
    BeforeDiscovery {
        $random = [Random]::new(20261123)
        function Select-Some([string[]] $Steps) { if ($env:ASTERISELL_CAMPAIGN -eq 'full') { $Steps } else { $random.GetItems($Steps, 2) | Select-Object -Unique } }
        $installSteps = Select-Some Volumes, Container, Application, Configuration, Start, Database, Accounts, Administrator, Pages, Record, Cron | ForEach-Object { @{ Step = $_; Delay = $_ -eq 'Cron' ? 0 : $random.Next(0, 400) } }
        $uninstallSteps = Select-Some Backup, Mark, Stop, Container, Volumes, End | ForEach-Object { @{ Step = $_; Delay = $_ -eq 'End' ? 0 : $random.Next(0, 200) } }
    }
    BeforeAll {
        $password = 'four random words here 9'
        $install = "Install-AsterisellInstance life-one -WaitTimeoutSec 120 -AdminCredential ([pscredential]::new('chief', (ConvertTo-SecureString '$password' -AsPlainText)))"
        $clean = Get-HostState local
    }

    It 'in <step> of an installation, <delay> ms after its begin, ends well when run again' -ForEach $installSteps {
        $killed = Invoke-Killed $install $Step $Delay
        $again = Install-AsterisellInstance life-one -WaitTimeoutSec 120 -AdminCredential $credential
        $again.Status | Should -BeIn Succeeded, Unchanged
        Write-Host "      killed: $killed; then $($again.Status) with $(@($again.Steps | Where-Object Status -EQ Unchanged).Count) of $($again.Steps.Count) steps done before"
        (Get-AsterisellStatus life-one).Condition | Should -Be Healthy
        Get-LoginAnswer /admin/ $credential | Should -Be welcome
        Get-LoginAnswer / $credential | Should -Be welcome
        Invoke-InstalledSql life-one 'SELECT COUNT(*) FROM life_one.ar_user' | Should -Be 1
        @(Get-AsterisellVolume -Name life-one).Count | Should -Be 3
        $null = Uninstall-AsterisellInstance life-one -SkipBackup -Force
        Get-HostState local | Should -Be $clean
    }

    It 'in <step> of a removal, <delay> ms after its begin, ends well when run again' -ForEach $uninstallSteps {
        $null = Install-AsterisellInstance life-one -WaitTimeoutSec 120 -AdminCredential $credential
        $folder = Join-Path $TestDrive "killed-$Step"
        $remove = "Uninstall-AsterisellInstance life-one -Destination '$folder' -Force"
        $killed = Invoke-Killed $remove $Step $Delay
        $again = Uninstall-AsterisellInstance life-one -Destination $folder -Force
        $again.Status | Should -BeIn Succeeded, Unchanged
        Write-Host "      killed: $killed; then $($again.Status)"
        @(Get-AsterisellBackup -Destination $folder | Where-Object { $_.LastTestPassed }).Count | Should -BeGreaterOrEqual 1
        Get-HostState local | Should -Be $clean
    }
}

Describe 'Ten instances in one pipeline' {
    It 'takes less than ten times as long as one; one that is broken fails alone and pipes back in' {
        $names = 1..10 | ForEach-Object { "life-ten-$_" }
        $file = New-InstallInventory (New-Item -ItemType Directory (Join-Path $TestDrive ten)) ($names | ForEach-Object { "local/$_" })
        $clean = Get-HostState local
        # Broken on purpose: somebody else has its name.
        $null = Invoke-LabDocker local/x 'run', '-d', '--pull', 'never', '--name', 'life-ten-7', 'asterisell-lab:light'
        try {
            $one = (Measure-Command { $null = Install-AsterisellInstance life-ten-1 -InventoryPath $file -WaitTimeoutSec 300 }).TotalSeconds
            $null = Uninstall-AsterisellInstance life-ten-1 -InventoryPath $file -SkipBackup -Force
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $results = Get-AsterisellInstance -InventoryPath $file | Install-AsterisellInstance -InventoryPath $file -WaitTimeoutSec 300 -ErrorVariable failed -ErrorAction SilentlyContinue
            $success = $?
            $ten = $watch.Elapsed.TotalSeconds
            Write-Host ("      one: {0:0.0} s, ten (nine and a broken one): {1:0.0} s, ratio {2:0.0}" -f $one, $ten, ($ten / $one))
            $success | Should -BeFalse
            @($results | Where-Object Status -EQ Succeeded).Count | Should -Be 9
            ($results | Where-Object Status -EQ Failed).Name | Should -Be life-ten-7
            $failed.FullyQualifiedErrorId | Should -BeLike 'InstanceNameTaken,*'
            $ten | Should -BeLessThan (10 * $one)

            $null = Invoke-LabDocker local/x 'rm', '-f', 'life-ten-7'
            $again = $results | Where-Object Status -EQ Failed | Install-AsterisellInstance -InventoryPath $file -WaitTimeoutSec 300
            $again.Status | Should -Be Succeeded
            (Get-AsterisellInstance -InventoryPath $file | Uninstall-AsterisellInstance -InventoryPath $file -SkipBackup -Force).Status | Sort-Object -Unique | Should -Be Succeeded
            Get-HostState local | Should -Be $clean
        }
        finally { Remove-Installed local $names }
    }
}
