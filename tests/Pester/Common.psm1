# What the tests share: the built module, the lab, instances of the lab, and ways to press Tab and Ctrl+C.
$ErrorActionPreference = 'Stop'
$root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
$script:ModulePath = Join-Path $root 'out/Asterisell/Asterisell.psd1'
$script:LabScript = Join-Path $root 'tests/lab/lab'
$script:Lab = $null
$script:OwnsLab = $false
$script:Started = [System.Collections.Generic.HashSet[string]]::new()

if (-not (Test-Path $script:ModulePath)) { throw "There is no module in out/Asterisell. Build it first: dotnet build src/Asterisell.PowerShell" }
Import-Module $script:ModulePath -Global

function Get-ModulePath { $script:ModulePath }

function Get-RepositoryRoot { $root }

# Runs tests/lab/lab COMMAND --name LAB …
function Invoke-Lab([string] $Command, [string[]] $Arguments) {
    $output = & $script:LabScript $Command --name (Get-Lab).Name @Arguments 2>&1
    if ($LASTEXITCODE -ne 0) { throw "lab $Command $Arguments ended with ${LASTEXITCODE}: $output" }
    $output
}

# The lab of this run: the one that ASTERISELL_LAB_NAME names, else one that goes down with this process.
function Get-Lab {
    if ($script:Lab) { return $script:Lab }
    $name = $env:ASTERISELL_LAB_NAME
    if (-not $name) {
        $name = "pester-$PID"
        $said = & $script:LabScript up --name $name --owner $PID 2>&1
        if ($LASTEXITCODE -ne 0) { throw "lab up ended with ${LASTEXITCODE}: $said" }
        $script:OwnsLab = $true
    }
    $state = Join-Path ($env:ASTERISELL_LAB ? $env:ASTERISELL_LAB : '/tmp/asterisell-lab') $name
    $facts = Get-Content (Join-Path $state 'env.json') -Raw | ConvertFrom-Json
    $script:Lab = [pscustomobject]@{
        Name  = $name
        Local = ($facts.engines | Where-Object name -EQ local).endpoint
        Milan = ($facts.engines | Where-Object name -EQ milan).endpoint
        SshConfig = $facts.ssh.config
        Vault     = $facts.vault
    }
    $script:Lab
}

# Removes what this run started, and the lab if it is this run's own.
function Remove-Lab {
    if (-not $script:Lab) { return }
    if ($script:OwnsLab) { & $script:LabScript down --name $script:Lab.Name *> $null }
    else { foreach ($instance in @($script:Started)) { Remove-LabInstance $instance } }
    $script:Lab = $null
}

# Starts a stand-in instance "engine/name" unless it runs already; options are those of "lab run".
function Start-LabInstance([string] $Instance, [string[]] $Options = @()) {
    $engine, $name = $Instance -split '/', 2
    if ($script:Started.Contains($Instance)) {
        if ((Invoke-LabDocker $Instance 'inspect', '--format', '{{.State.Running}}', $name) -ne 'true') { $null = Invoke-LabDocker $Instance 'start', $name }
        return
    }
    $null = Invoke-Lab run (@($engine, $name) + $Options)
    $null = $script:Started.Add($Instance)
}

# Stops an instance behind the module's back.
function Stop-LabInstance([string] $Instance) {
    $null = Invoke-LabDocker $Instance 'stop', '--time', '1', ($Instance -split '/', 2)[1]
}

function Remove-LabInstance([string] $Instance) {
    $engine, $name = $Instance -split '/', 2
    $null = Invoke-Lab rm $engine, $name
    $null = $script:Started.Remove($Instance)
}

# Removes what a test may have left on an engine, however far it came. What is there and cannot be removed is a failure.
function Remove-LabLeftover([string] $Engine, [string[]] $Container = @(), [string[]] $Volume = @(), [string[]] $Image = @()) {
    foreach ($one in Invoke-LabDocker "$Engine/x" 'ps', '--all', '--format', '{{.Names}}' | Where-Object { $_ -in $Container }) {
        $null = Invoke-LabDocker "$Engine/x" 'rm', '--force', '--volumes', $one
        $null = $script:Started.Remove("$Engine/$one")
    }

    foreach ($one in Invoke-LabDocker "$Engine/x" 'volume', 'ls', '--quiet' | Where-Object { $_ -in $Volume }) {
        $null = Invoke-LabDocker "$Engine/x" 'volume', 'rm', $one
    }

    foreach ($one in Invoke-LabDocker "$Engine/x" 'images', '--format', '{{.Repository}}:{{.Tag}}' | Where-Object { $_ -in $Image }) {
        $null = Invoke-LabDocker "$Engine/x" 'rmi', $one
    }
}

# The docker client on the engine of an instance, behind the module's back.
function Invoke-LabDocker([string] $Instance, [string[]] $Arguments) {
    Invoke-Lab docker (@(($Instance -split '/', 2)[0]) + $Arguments)
}

# Writes an inventory of the lab's two hosts and the given instances ("engine/name"); $Extra holds more YAML lines for an instance.
function New-LabInventory([string] $Folder, [string[]] $Instance, [hashtable] $Extra = @{}) {
    $lab = Get-Lab
    $lines = @(
        'version: 1', 'hosts:',
        '  local:', "    endpoint: $($lab.Local)",
        '  milan:', "    endpoint: $($lab.Milan)", "    sshConfigFile: $($lab.SshConfig)",
        'instances:'
    )
    foreach ($one in $Instance) {
        $lines += "  ${one}:", "    active: true"
        $lines += @($Extra[$one] | Where-Object { $_ } | ForEach-Object { "    $_" })
    }
    $path = Join-Path $Folder 'asterisell.yml'
    Set-Content -Path $path -Value $lines
    $path
}

# Writes an inventory with the given instances and targets on the lab's backup server, each with an account and a folder of its own:
# "dir", "rdiff", "restic", and "here", a folder of this machine.
function New-TargetInventory([string] $Folder, [string[]] $Target, [string[]] $Instance = @()) {
    $vault = (Get-Lab).Vault
    $id = [guid]::NewGuid().ToString('n').Substring(0, 6)
    Set-Content (Join-Path $Folder password) 'a password of the lab'
    chmod 600 (Join-Path $Folder password)
    $common = "sshConfigFile: $($vault.config)", 'staging: staging'
    $known = @{
        here   = 'kind: directory', 'path: here'
        dir    = @('kind: directory', "uri: ssh://dir-$id@$($vault.host):$($vault.port)/srv/$id/dir") + $common
        rdiff  = @('kind: rdiff-backup', "uri: ssh://rdiff-$id@vault/srv/$id/rdiff") + $common
        restic = @('kind: restic', "uri: sftp:restic-$id@vault:/srv/$id/restic", 'password: { file: password }') + $common
    }
    $path = New-LabInventory $Folder $Instance
    $lines = (Get-Content $path) -replace '^instances:$', ($Instance ? 'instances:' : 'instances: {}')
    $lines + 'targets:' + @($Target | ForEach-Object { "  ${_}:"; $known[$_] | ForEach-Object { "    $_" } }) | Set-Content $path
    $path
}

# Runs something as root on the lab's backup server.
function Invoke-Vault([string] $Script) { Invoke-Lab vault 'sh', '-c', $Script }

# What pressing Tab at the end of a line offers.
function Get-Completion([string] $Line) {
    (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches
}

# Runs a script in a runspace of its own and stops it (Ctrl+C) after a while; tells how long it took to end, and what it had written.
function Measure-Stop([scriptblock] $Script, [object[]] $Arguments = @(), [timespan] $After = [timespan]::FromSeconds(1)) {
    # One statement alone: where there are several, PowerShell reads a variable of the runspace after the stop, which ends the process if it is closed by then.
    $state = [initialsessionstate]::CreateDefault()
    $state.ImportPSModule($script:ModulePath)
    $shell = [powershell]::Create($state)
    try {
        $null = $shell.AddScript($Script)
        foreach ($argument in $Arguments) { $null = $shell.AddArgument($argument) }
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $nothing = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $nothing.Complete() # a script does not begin before its input has ended
        $running = $shell.BeginInvoke($nothing, $output)
        $ended = $running.AsyncWaitHandle.WaitOne($After)
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        [pscustomobject]@{ EndedBefore = $ended; Elapsed = $watch.Elapsed; Output = @($output); State = $shell.InvocationStateInfo.State }
    }
    finally {
        $shell.Dispose()
    }
}

# Runs a script in a fresh PowerShell and gives what it wrote.
function Invoke-FreshPowerShell([string] $Script) {
    $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes("`$ProgressPreference = 'SilentlyContinue'`n$Script"))
    & ([Environment]::ProcessPath) -NoProfile -NonInteractive -OutputFormat Text -EncodedCommand $encoded
}

# Another version of YamlDotNet than ours, as another module may bring it; restored into a folder of its own.
function Get-OtherYamlDotNet {
    $folder = Join-Path $root 'out/other-yaml'
    $file = Join-Path $folder 'packages/yamldotnet/13.7.1/lib/net7.0/YamlDotNet.dll'
    if (-not (Test-Path $file)) {
        $null = New-Item -ItemType Directory -Force $folder
        # Its own empty Directory.* files keep the repository's central versions away.
        '<Project />' | Set-Content (Join-Path $folder Directory.Build.props), (Join-Path $folder Directory.Packages.props)
        @('<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup>'
            '<ItemGroup><PackageReference Include="YamlDotNet" Version="13.7.1" /></ItemGroup></Project>') | Set-Content (Join-Path $folder other.csproj)
        $said = dotnet restore (Join-Path $folder other.csproj) --packages (Join-Path $folder packages) --verbosity quiet 2>&1
        if (-not (Test-Path $file)) { throw "YamlDotNet 13.7.1 was not restored: $said" }
    }
    $file
}

Export-ModuleMember -Function *
