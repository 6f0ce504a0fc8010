# The whole life of an instance on the image that the module builds, on the host behind ssh.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    Import-Module (Join-Path $PSScriptRoot Lifecycle.psm1)
    $image = "asterisell-life:$PID"
    $env:ASTERISELL_INVENTORY = New-InstallInventory $TestDrive milan/own-one
    # On the lab's image of packages, so that no step of the build has anything to fetch.
    (Get-Content $env:ASTERISELL_INVENTORY -Raw).Replace(
        "name: 'asterisell-lab:stand-in'",
        "name: '$image', base: 'asterisell-lab:packages', phpPackages: [php-cli, php-fpm, php-mysql, php-mbstring, php-xml, php-yaml]") |
        Set-Content $env:ASTERISELL_INVENTORY
    $credential = [pscredential]::new('chief', (ConvertTo-SecureString 'four random words here 9' -AsPlainText))
    $second = [pscredential]::new('deputy', (ConvertTo-SecureString 'five other words there 7' -AsPlainText))
    $port = (Get-AsterisellInstance own-one).Settings.Ports.Http
}
AfterAll {
    Remove-Installed milan own-one
    Remove-LabLeftover milan -Image $image
    $env:ASTERISELL_INVENTORY = $null
}

Describe 'An instance on the image of the module' {
    It 'is built, installed, healthy, worked in, restarted and removed, and the host is as before' {
        (Get-AsterisellInstance | Build-AsterisellImage).Status | Should -Be Succeeded
        $before = Get-HostState milan
        $installed = Install-AsterisellInstance own-one -AdminCredential $credential -WaitTimeoutSec 120
        $installed.Status | Should -Be Succeeded
        $status = Get-AsterisellStatus own-one
        "$($status.Remarks)" | Should -BeNullOrEmpty
        $status.Services | Where-Object { -not $_.IsRunning } | Should -BeNullOrEmpty
        $status.Services.Service | Sort-Object | Should -Be crond, mysql, nginx, php, sshd

        foreach ($page in '/admin/', '/') {
            $answer = Invoke-WebRequest "http://127.0.0.1:$port$page" -Method Post -Body @{ login = 'chief'; password = 'four random words here 9' }
            $answer.Content | Should -Match '<p id=login>welcome</p>'
        }

        (Invoke-AsterisellJob own-one).Status | Should -Be Succeeded
        (Get-AsterisellPackage own-one -Package mariadb-server).Installed | Should -Match '^1'
        $null = Invoke-LabDocker milan/own-one 'exec', 'own-one', 'bash', '-c', (Get-Content (Join-Path $PSScriptRoot lab-packages.sh) -Raw), 'lab', 'first'
        $updated = Get-AsterisellPackage own-one -Pending -Package lab-tool | Update-AsterisellPackage -Confirm:$false
        $updated.Status | Should -Be Succeeded
        "$($updated.Changes)" | Should -Be 'lab-tool 1.0 -> 2.0'
        $locks = { (Get-AsterisellStatus own-one).Locks | ForEach-Object { "$($_.CronLocked) $($_.WebLocked)" } }
        (Disable-AsterisellJob own-one | Disable-AsterisellWeb).Status | Should -Be Succeeded
        & $locks | Should -Be 'True True'
        (Enable-AsterisellJob own-one | Enable-AsterisellWeb).Status | Should -Be Succeeded
        & $locks | Should -Be 'False False'
        (Set-AsterisellAdmin own-one -Credential $second).OtherAdmins | Should -Be chief
        $null = New-Item -ItemType Directory (Join-Path $TestDrive keys)
        & ssh-keygen -q -t ed25519 -N '' -C visitor -f (Join-Path $TestDrive keys/visitor)
        (Grant-AsterisellSshAccess own-one -Path (Join-Path $TestDrive keys/visitor.pub)).Status | Should -Be Succeeded
        $granted = Get-AsterisellSshAccess own-one | Where-Object Comment -EQ visitor
        ($granted | Revoke-AsterisellSshAccess -Confirm:$false).Status | Should -Be Succeeded
        Get-AsterisellSshAccess own-one | Where-Object Comment -EQ visitor | Should -BeNullOrEmpty
        (Get-AsterisellLog own-one -Service mysql).Count | Should -BeGreaterThan 0
        (Restart-AsterisellInstance own-one -WaitTimeoutSec 120).Status | Should -Be Succeeded
        (Stop-AsterisellInstance own-one).Status | Should -Be Succeeded
        (Start-AsterisellInstance own-one -WaitTimeoutSec 120).Status | Should -Be Succeeded
        # It ended in good order each time: nothing had to be repaired.
        "$((Get-AsterisellLog own-one -Service mysql -Tail 100000).Message)" | Should -Not -Match 'crash recovery'

        (Uninstall-AsterisellInstance own-one -Destination (Join-Path $TestDrive backups) -Force).Status | Should -Be Succeeded
        Get-HostState milan | Should -Be $before
    }
}
