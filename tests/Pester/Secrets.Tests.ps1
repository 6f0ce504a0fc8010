# Secrets that only PowerShell can reach: SecretManagement and the operator. SecretManagement itself is stood in for by a module of its name
# whose Get-Secret has the same parameters, results and error ids; the cmdlet that asks is tests/probe.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $module = Get-ModulePath
    $password = 'pass-7f3a9c "quoted"'
    $hash = [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([Text.Encoding]::UTF8.GetBytes($password)))

    $probe = Join-Path (Get-RepositoryRoot) tests/probe/bin/Release/net8.0/Asterisell.Tests.Probe.dll
    if (-not (Test-Path $probe)) { throw 'There is no probe. Build it first: dotnet build tests/probe --configuration Release' }

    $vaultModule = New-Item -ItemType Directory (Join-Path $TestDrive modules/Microsoft.PowerShell.SecretManagement)
    Set-Content (Join-Path $vaultModule Microsoft.PowerShell.SecretManagement.psm1) @'
class PasswordRequiredException : System.InvalidOperationException { PasswordRequiredException([string] $message) : base($message) { } }
# No value is an argument of a command here, so that a trace shows only what the module does with it.
function New-Secure([string] $After) { [System.Net.NetworkCredential]::new('', $env:SECRET_VALUE + $After).SecurePassword }
function Get-Secret {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)] [string] $Name, [Parameter(Position = 1)] [string] $Vault, [switch] $AsPlainText)
    if ($env:SECRET_LOG) { Add-Content $env:SECRET_LOG "$Name|$Vault|$AsPlainText" }
    Write-Verbose "Secret $Name was successfully retrieved."
    function Stop-With($Failure, $Id, $Category) { $PSCmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new($Failure, $Id, $Category, $null)) }
    if ($Vault -eq 'Gone') { Stop-With ([System.InvalidOperationException]::new("Vault not found in registry: $Vault")) GetSecretVaultNotFound ObjectNotFound }
    switch ($Name) {
        'text' { return New-Secure }
        'credential' { return [pscredential]::new('user', (New-Secure)) }
        'table' { return @{ a = 1 } }
        'lines' { return New-Secure "`nmore" }
        'locked' { Write-Error -Exception ([PasswordRequiredException]::new('A valid password is required.')) -ErrorId GetSecretException -Category InvalidOperation; return }
        'wrapped' {
            $locked = [System.Management.Automation.PSInvalidOperationException]::new('Unable to get secret', [PasswordRequiredException]::new('A valid password is required.'))
            Write-Error -Exception $locked -ErrorId GetSecretInvalidOperation -Category InvalidOperation
        }
        'broken' { Write-Error -Exception ([System.IO.IOException]::new("The store is damaged.`nsecond line")) -ErrorId GetSecretInvalidOperation -Category InvalidOperation }
        'slow' { Start-Sleep -Seconds 60 }
    }
    Write-Error -Exception ([System.Management.Automation.ItemNotFoundException]::new("The secret $Name was not found.")) -ErrorId GetSecretNotFound -Category ObjectNotFound
}
'@
    $engine = 'Asterisell.Tests.Probe.GetSecretProbeCommand'

    # An inventory whose instances have the given database passwords; the engine is never asked for anything but its version.
    function New-Inventory([string[]] $Reference) {
        $extra = [ordered]@{}
        foreach ($one in $Reference) { $extra["local/one$($extra.Count + 1)"] = "database: { password: $one }" }
        New-LabInventory $TestDrive @($extra.Keys) -Extra (@{} + $extra)
    }

    # What a fresh PowerShell says on all its streams when it looks secrets up.
    function Invoke-Probe([string[]] $Reference, [string] $Parameters = '', [string] $Before = '', [string] $ModulePath = (Split-Path $vaultModule)) {
        $inventory = New-Inventory $Reference
        $env:SECRET_VALUE = $password
        $env:PSModulePath, $old = "$ModulePath$([IO.Path]::PathSeparator)$env:PSModulePath", $env:PSModulePath
        try {
            @(Invoke-FreshPowerShell @"
`$PSStyle.OutputRendering = 'PlainText'
Import-Module '$module', '$probe'
$Before
Get-SecretProbe -InventoryPath '$inventory' -ErrorVariable failed $Parameters *>&1 | Out-String -Stream -Width 300
`$failed | ForEach-Object FullyQualifiedErrorId
"@)
        }
        finally {
            $env:PSModulePath = $old
            $env:SECRET_VALUE = $null
        }
    }
}

Describe 'A secret in a vault' {
    It 'is found: <_>' -ForEach '{ secret: text }', '{ secret: text, vault: Operations }', '{ secret: credential }' {
        Invoke-Probe $_ | Should -Be "local/one1 $hash"
    }

    It 'is asked for once by a command, by name and vault, and not as plain text' {
        $env:SECRET_LOG = Join-Path $TestDrive asked.log
        try {
            (Invoke-Probe '{ secret: text }', '{ secret: text }', '{ secret: text, vault: Operations }').Count | Should -Be 3
            Get-Content $env:SECRET_LOG | Should -Be 'text||False', 'text|Operations|False'
        }
        finally {
            $env:SECRET_LOG = $null
        }
    }

    It 'that cannot be had is an error of that instance, <Id>; the others go on' -TestCases @(
        @{ Reference = '{ secret: other }'; Id = 'SecretNotInVault'; Text = "Set-Secret -Name 'other'" }
        @{ Reference = '{ secret: text, vault: Gone }'; Id = 'VaultNotFound'; Text = "vault 'Gone' is not registered" }
        @{ Reference = '{ secret: locked }'; Id = 'VaultLocked'; Text = 'Unlock-SecretVault' }
        @{ Reference = '{ secret: wrapped, vault: V }'; Id = 'VaultLocked'; Text = "Unlock-SecretVault -Name 'V'" }
        @{ Reference = '{ secret: broken }'; Id = 'VaultNotReadable'; Text = 'The store is damaged.' }
        @{ Reference = '{ secret: table }'; Id = 'VaultSecretUnusable'; Text = 'Hashtable' }
        @{ Reference = '{ secret: lines }'; Id = 'VaultSecretUnusable'; Text = 'several lines' }
    ) {
        $said = Invoke-Probe $Reference, '{ secret: text }'
        $said | Should -Contain "local/one2 $hash"
        $said | Should -Contain "$Id,$engine"
        "$said" | Should -BeLike "*local/one1*$Text*"
        "$said" | Should -Not -Match 'second line'
        "$said" | Should -Not -Match $password
    }

    It 'says what to install where there is no SecretManagement' {
        $said = Invoke-Probe '{ secret: text }' -ModulePath (Join-Path $TestDrive nothing)
        $said | Should -Contain "VaultModuleMissing,$engine"
        "$said" | Should -Match 'Install-PSResource Microsoft.PowerShell.SecretManagement'
    }

    It 'says so where SecretManagement does not load' {
        $broken = New-Item -ItemType Directory (Join-Path $TestDrive broken/Microsoft.PowerShell.SecretManagement)
        Set-Content (Join-Path $broken Microsoft.PowerShell.SecretManagement.psm1) 'function Get-Secret { }', 'throw "no good"'
        $said = Invoke-Probe '{ secret: text }' -ModulePath (Split-Path $broken)
        $said | Should -Contain "VaultNotReadable,$engine"
    }

    It 'is given up within two seconds by Ctrl+C' {
        $inventory = New-Inventory '{ secret: slow }'
        $env:PSModulePath, $old = "$(Split-Path $vaultModule)$([IO.Path]::PathSeparator)$env:PSModulePath", $env:PSModulePath
        try {
            $stopped = Measure-Stop { param($probe, $inventory) Import-Module $probe; Get-SecretProbe -InventoryPath $inventory } $probe, $inventory -After ([timespan]::FromSeconds(3))
        }
        finally {
            $env:PSModulePath = $old
        }
        $stopped.EndedBefore | Should -BeFalse
        $stopped.Elapsed.TotalSeconds | Should -BeLessThan 2
        $stopped.State | Should -Be Stopped
    }

    It 'is printed nowhere: verbose, debug, errors, transcript, trace' {
        $transcript, $trace = 'transcript.txt', 'trace.txt' | ForEach-Object { Join-Path $TestDrive $_ }
        $said = Invoke-Probe '{ secret: text }', '{ secret: lines }', '{ secret: credential }' -Parameters '-Verbose -Debug' -Before @"
`$null = Start-Transcript '$transcript'
Trace-Command -Name ParameterBinding -FilePath '$trace' { `$null = Get-SecretProbe -InventoryPath '$(Join-Path $TestDrive asterisell.yml)' -Verbose -Debug -ErrorAction SilentlyContinue }
"@
        $said | Should -Contain "local/one3 $hash"
        "$said" | Should -Match 'looking up \{ secret: text \}'
        "$said" | Should -Match 'found \*\*\*'
        foreach ($text in "$said", (Get-Content $transcript -Raw), (Get-Content $trace -Raw)) {
            $text.Length | Should -BeGreaterThan 100
            $text | Should -Not -Match 'pass-7f3a9c'
        }
    }
}

Describe 'A secret in the operator''s head' {
    It 'is no secret where nobody can be asked; the others go on' {
        $said = Invoke-Probe '{ prompt: Password of billing }', '{ secret: text }'
        $said | Should -Contain "local/one2 $hash"
        $said | Should -Contain "SecretNotAnswered,$engine"
        "$said" | Should -Match 'local/one1: Password of billing: this secret has to be asked for'
    }

    Context 'in a terminal' {
        BeforeAll {
            $tmux = "asterisell-secrets-$PID"
            function Send-Line([string] $Text) { tmux -L $tmux send-keys -t t -l $Text; tmux -L $tmux send-keys -t t Enter }
            function Get-Screen { (tmux -L $tmux capture-pane -p -J -S -500 -t t) -join "`n" }
            function Wait-Screen([string] $Pattern, [int] $Seconds = 30) {
                $until = [datetime]::UtcNow.AddSeconds($Seconds)
                do {
                    $screen = Get-Screen
                    if ($screen -match $Pattern) { return $screen }
                    Start-Sleep -Milliseconds 100
                } while ([datetime]::UtcNow -lt $until)
                throw "The terminal does not show '$Pattern':`n$screen"
            }

            $inventory = New-Inventory '{ prompt: Password of A }', '{ prompt: Password of A }', '{ prompt: Password of B }'
            $transcript = Join-Path $TestDrive typed.txt
            tmux -L $tmux -f /dev/null new-session -d -s t -x 120 -y 40 -e "ASTERISELL_INVENTORY=$inventory" ([Environment]::ProcessPath) -NoLogo -NoProfile
            $null = Wait-Screen 'PS .*>'
            Send-Line "Import-Module '$module', '$probe'; `$null = Start-Transcript '$transcript'; 'ready' + '!'"
            $null = Wait-Screen 'ready!'
        }
        AfterAll {
            tmux -L $tmux kill-server 2>$null
        }

        It 'is asked once a question, before anything begins, and never shown' {
            Send-Line 'Get-SecretProbe -Verbose -Debug; "over" + ":1"'
            $before = Wait-Screen 'Password of A:\s*$'
            Send-Line $password
            $before | Should -Not -Match 'looking up'
            $before = Wait-Screen 'Password of B:\s*$'
            $before | Should -Not -Match 'looking up'
            Send-Line 'typed-b'
            $screen = Wait-Screen 'over:1'
            ([regex]::Matches($screen, "local/one\d $hash")).Count | Should -Be 2
            # No anchor: where the terminal joins a filled row with the next, a question does not begin a line.
            ([regex]::Matches($screen, 'Password of A: \*+')).Count | Should -Be 1
            ([regex]::Matches($screen, 'Password of B: \*+')).Count | Should -Be 1
            foreach ($text in $screen, (Get-Content $transcript -Raw)) {
                $text | Should -Match 'local/one3'
                $text | Should -Not -Match 'pass-7f3a9c|typed-b'
            }
        }

        It 'an empty answer is none' {
            Send-Line 'Get-SecretProbe one1 -ErrorVariable none; $none.FullyQualifiedErrorId; "over" + ":2"'
            $null = Wait-Screen 'Password of A:\s*$'
            tmux -L $tmux send-keys -t t Enter
            $null = Wait-Screen 'SecretNotAnswered,[\s\S]*over:2'
        }

        It 'Ctrl+C at the question ends the command' {
            Send-Line 'Get-SecretProbe one1'
            $null = Wait-Screen 'Get-SecretProbe one1\s+Password of A:\s*$'
            tmux -L $tmux send-keys -t t C-c
            Send-Line '"over" + ":3"'
            $screen = Wait-Screen 'over:3'
            ($screen -split 'Get-SecretProbe one1 *\n')[-1] | Should -Not -Match 'local/one1|foreseen|answered'
        }
    }
}
