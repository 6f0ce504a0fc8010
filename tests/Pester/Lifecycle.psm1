# What the tests of installing and removing share.
Import-Module (Join-Path $PSScriptRoot Common.psm1)

# Passwords with everything that a shell, YAML, PHP or SQL could stumble over.
$env:ASTERISELL_TEST_DB = "it's a `"Word`" `$HOME {x}: #1"
$env:ASTERISELL_TEST_CUSTOMER = "cust'o`"Wörd: {1} %s"

# Ports that nobody has now: other labs on this machine run the same tests.
function Get-FreePort([int] $Count) {
    $listeners = 1..$Count | ForEach-Object { $one = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0); $one.Start(); $one }
    $listeners | ForEach-Object { $_.LocalEndpoint.Port }
    $listeners | ForEach-Object { $_.Stop() }
}

# An inventory of instances to be installed on the lab, each with a free port unless -Http gives the first one's.
function New-InstallInventory([string] $Folder, [string[]] $Instance, [int] $Http = 0) {
    $extra = @{}
    $free = @(Get-FreePort $Instance.Count)
    for ($i = 0; $i -lt $Instance.Count; $i++) {
        $one = $Instance[$i]
        $port = $Http -and $i -eq 0 ? $Http : $free[$i]
        $image = $one -like '*noimage*' ? 'no-such-image:1' : 'asterisell-lab:stand-in'
        $extra[$one] = @(
            "image: { name: '$image' }", "ports: { http: $port }", 'container: { memoryMegabytes: 1000, cpuCores: 1 }',
            "application: { source: '$(Join-Path (Get-RepositoryRoot) tests/lab/image/rootfs/usr/share/asterisell-lab/app)' }",
            'database: { password: { env: ASTERISELL_TEST_DB }, customerPassword: { env: ASTERISELL_TEST_CUSTOMER } }',
            'jobs: { configure: [] }'
        )
    }
    New-LabInventory $Folder $Instance -Extra $extra
}

# Everything that a host has of containers, volumes, networks and images, as text to be compared.
function Get-HostState([string] $Engine) {
    $state = @(
        Invoke-LabDocker "$Engine/x" 'ps', '-a', '--no-trunc', '--format', 'container {{.ID}} {{.Names}} {{.State}}'
        Invoke-LabDocker "$Engine/x" 'volume', 'ls', '--format', 'volume {{.Name}}'
        Invoke-LabDocker "$Engine/x" 'network', 'ls', '--no-trunc', '--format', 'network {{.ID}} {{.Name}}'
        Invoke-LabDocker "$Engine/x" 'images', '-a', '--no-trunc', '--format', 'image {{.ID}} {{.Repository}}:{{.Tag}}'
    )
    ($state | Sort-Object) -join "`n"
}

# One value, by MariaDB's root over its socket, behind the module's back.
function Invoke-InstalledSql([string] $Name, [string] $Sql) {
    Invoke-LabDocker local/x 'exec', $Name, 'mysql', '-uroot', "-p$env:ASTERISELL_TEST_DB", '-N', '-e', $Sql
}

# What a failed test may have left.
function Remove-Installed([string] $Engine, [string[]] $Name) {
    $volumes = foreach ($one in $Name) { foreach ($part in 'var', 'ssh', 'root-ssh', 'removal') { "$one-$part" } }
    Remove-LabLeftover $Engine -Container $Name -Volume $volumes
}

# Starts a command in a PowerShell of its own and kills that with SIGKILL when it says that it begins a step. True when it was killed there.
function Invoke-Killed([string] $Command, [string] $Step, [int] $DelayMilliseconds = 0) {
    $start = [System.Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
    foreach ($argument in '-NoProfile', '-NonInteractive', '-Command', "`$ProgressPreference = 'SilentlyContinue'; Import-Module '$(Get-ModulePath)'; $Command -Verbose 4>&1") { $start.ArgumentList.Add($argument) }
    $start.RedirectStandardOutput = $true
    $process = [System.Diagnostics.Process]::Start($start)
    try {
        while ($null -ne ($line = $process.StandardOutput.ReadLine())) {
            if ($line -like "*/*: $Step*") {
                if ($DelayMilliseconds) { $null = $process.WaitForExit($DelayMilliseconds) }
                $alive = -not $process.HasExited
                $process.Kill()
                return $alive
            }
        }
        return $false
    }
    finally {
        $process.WaitForExit()
        $process.Dispose()
    }
}

Export-ModuleMember -Function *
