# The main job end to end, as an operator types it. Run by ./build.sh demo, which brings the lab up and takes it down.
#Requires -Version 7.4
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$root = Split-Path $PSScriptRoot
$lab = Join-Path $root tests lab lab
$name = $env:ASTERISELL_LAB_NAME ?? $(throw 'Run me by ./build.sh demo, or name a lab that is up in ASTERISELL_LAB_NAME.')
$work = Join-Path ([IO.Path]::GetTempPath()) "asterisell-demo-$PID"
$instances = @(@('local', 'billing'), @('local', 'reports'), @('milan', 'billing'))

function Invoke-Lab {
    & $lab @args | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "lab $args ended with $LASTEXITCODE" }
}

# Shows a line as typed, runs it, shows what an operator would see, errors included.
function Show {
    param([string] $Say, [scriptblock] $Line)
    "`n# $Say"
    "PS> $("$Line".Trim())"
    & { $ErrorActionPreference = 'Continue'; & $Line } 2>&1 | Out-String -Width 140 | ForEach-Object TrimEnd
}

try {
    $null = New-Item -ItemType Directory $work
    Set-Location $work
    Import-Module (Join-Path $root out Asterisell)
    '==> starting three stand-in instances on two Docker hosts (real supervisord, MariaDB, php-fpm, nginx, sshd, cron)'
    foreach ($instance in $instances) { Invoke-Lab run --name $name $instance[0] $instance[1] }
    $state = & $lab env --name $name | ConvertFrom-StringData -Delimiter '='
    $value = { param($key) ($state."export $key").Trim("'") }

    @"
version: 1
hosts:
  local:
    endpoint: $(& $value LAB_LOCAL)
  milan:                              # a real sshd on loopback; Docker is reached through it
    endpoint: $(& $value LAB_MILAN)
    sshConfigFile: $(& $value LAB_SSH_CONFIG)
instances:
  local/billing: {}
  reports: { host: local, tags: [test] }
  milan/billing: {}
"@ | Set-Content asterisell.yml

    Show 'The inventory: two hosts, three instances; two share a name' { Get-Content asterisell.yml }
    Show 'Is it right? Nothing is contacted; no finding, no output' { Test-AsterisellInventory }
    Show 'A slip is named with line, column and the nearest known key' {
        (Get-Content asterisell.yml -Raw).Replace('endpoint: ssh', 'endpiont: ssh') | Set-Content slip.yml
        Test-AsterisellInventory slip.yml
    }
    $null = Get-AsterisellInstance | Wait-AsterisellInstance -For Healthy -TimeoutSec 120

    Show 'What is described' { Get-AsterisellInstance }
    Show 'Are the hosts fit?' { Test-AsterisellHost }
    Show 'How are they?' { Get-AsterisellInstance | Get-AsterisellStatus }
    Show 'What do they report about themselves?' { Get-AsterisellProblem | Select-Object -First 3 }
    Show 'Ask one, and all' {
        Invoke-AsterisellCommand milan/billing -Command php, asterisell.php, manage, get-database-name
    }
    Show 'Back all of them up, and prove it' {
        Get-AsterisellInstance | Backup-AsterisellData -Destination ./backups | Test-AsterisellBackup -Level Content
    }
    Show 'What is there' { Get-AsterisellBackup -Destination ./backups }
    Show 'One byte of one dump flips: the proof notices' {
        $dump = Get-ChildItem ./backups/local/reports -Recurse -Filter *.sql.gz | Select-Object -First 1
        $bytes = [IO.File]::ReadAllBytes($dump); $bytes[1000] = $bytes[1000] -bxor 1; [IO.File]::WriteAllBytes($dump, $bytes)
        Get-AsterisellBackup reports -Destination ./backups | Test-AsterisellBackup -Level Content | Format-List
    }
    Show 'A stopped instance is an error that says what to do; the others go on' {
        Stop-AsterisellInstance local/reports
        Get-AsterisellProblem | Group-Object HostName, Name -NoElement
        Start-AsterisellInstance local/reports
    }
    "`n==> done; the demo's instances and files are removed"
}
finally {
    Set-Location $root
    Remove-Module Asterisell -ErrorAction Ignore
    foreach ($instance in $instances) { & $lab rm --name $name $instance[0] $instance[1] 2>$null | Out-Null }
    Remove-Item $work -Recurse -Force -ErrorAction Ignore
}
