# What every cmdlet that changes instances has from its base: the question, -Force, inactive instances, progress.
BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    # Each with what it must be given besides names. They are asked about an instance without a container: nothing can be done to it.
    $changing = Get-Command -Module Asterisell -CommandType Cmdlet |
        Where-Object { $_.ImplementingType.BaseType.Name -in 'AuditedCmdlet', 'ChangeCmdlet', 'StopCmdlet' } |
        ForEach-Object {
            $command = $_
            $needed = @($command.Parameters.Values | Where-Object {
                    $_.Name -notin 'Name', 'InputObject' -and ($_.Attributes | Where-Object { $_ -is [Parameter] -and $_.Mandatory -and $_.ParameterSetName -in 'Name', '__AllParameterSets' }) })
            # One of two parameters, which is looked at later; or one in place of what the inventory of this test lacks.
            $either = @{ 'Invoke-AsterisellCommand' = 'Command'; 'Backup-AsterisellData' = 'Destination'; 'Restore-AsterisellData' = 'Destination' }[$command.Name]
            @{ Command = $command.Name; Needed = @($needed.Name) + @($either) | Where-Object { $_ } }
        }
}
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $inventory = Join-Path $TestDrive asterisell.yml
    Set-Content $inventory @(
        'version: 1', "hosts: { one: { endpoint: 'unix:///nowhere/docker.sock' } }"
        'instances: { one/alpha: { tags: [t] }, one/beta: {}, one/gone: { active: false } }')
    $env:ASTERISELL_INVENTORY = $inventory

    function Get-Needed([string[]] $Needed) {
        $values = @{ Destination = Join-Path $TestDrive backups; Command = 'true'; Id = 1; Credential = [pscredential]::new('admin', (ConvertTo-SecureString 'x-long-enough-1' -AsPlainText -Force)) }
        $given = @{}
        foreach ($name in $Needed) {
            if (-not $values.ContainsKey($name)) { throw "This test does not know what to give for -$name." }
            $given[$name] = $values[$name]
        }
        $given
    }

    # Runs a command in a runspace whose host answers each question, and keeps questions and progress.
    Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
public sealed class AnsweringHost : PSHost
{
    private readonly Screen screen = new Screen();
    public Screen Shown { get { return screen; } }
    public override CultureInfo CurrentCulture { get { return CultureInfo.InvariantCulture; } }
    public override CultureInfo CurrentUICulture { get { return CultureInfo.InvariantCulture; } }
    public override Guid InstanceId { get; } = Guid.NewGuid();
    public override string Name { get { return "Answering"; } }
    public override PSHostUserInterface UI { get { return screen; } }
    public override Version Version { get { return new Version(1, 0); } }
    public override void EnterNestedPrompt() { throw new NotSupportedException(); }
    public override void ExitNestedPrompt() { }
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
    public override void SetShouldExit(int exitCode) { }
    public sealed class Screen : PSHostUserInterface
    {
        public List<string> Questions { get; } = new List<string>();
        public List<ProgressRecord> Progress { get; } = new List<ProgressRecord>();
        public Queue<string> Answers { get; } = new Queue<string>();
        public override PSHostRawUserInterface RawUI { get { return null; } }
        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            Questions.Add(message);
            string answer = Answers.Count > 0 ? Answers.Dequeue() : "No";
            for (int i = 0; i < choices.Count; i++) { if (choices[i].Label.Replace("&", "") == answer) { return i; } }
            throw new InvalidOperationException("There is no such choice: " + answer);
        }
        public override void WriteProgress(long sourceId, ProgressRecord record) { lock (Progress) { Progress.Add(record); } }
        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) { throw new NotSupportedException(); }
        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) { throw new NotSupportedException(); }
        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowed, PSCredentialUIOptions options) { throw new NotSupportedException(); }
        public override string ReadLine() { throw new NotSupportedException(); }
        public override SecureString ReadLineAsSecureString() { throw new NotSupportedException(); }
        public override void Write(string value) { }
        public override void Write(ConsoleColor foreground, ConsoleColor background, string value) { }
        public override void WriteDebugLine(string message) { }
        public override void WriteErrorLine(string value) { }
        public override void WriteLine(string value) { }
        public override void WriteVerboseLine(string message) { }
        public override void WriteWarningLine(string message) { }
    }
}
'@ -IgnoreWarnings -WarningAction SilentlyContinue

    function Invoke-Asked([string] $Command, [hashtable] $Parameters, [string[]] $Answers = @()) {
        $answering = [AnsweringHost]::new()
        $Answers | ForEach-Object { $answering.Shown.Answers.Enqueue($_) }
        $runspace = [runspacefactory]::CreateRunspace($answering)
        $runspace.Open()
        $shell = [powershell]::Create($runspace)
        try {
            $null = $shell.AddCommand('Import-Module').AddArgument((Get-ModulePath)).AddStatement().AddCommand($Command).AddParameters($Parameters)
            $output = $shell.Invoke()
            [pscustomobject]@{
                Output = @($output); Questions = @($answering.Shown.Questions); Progress = @($answering.Shown.Progress)
                Errors = @($shell.Streams.Error); Warnings = @($shell.Streams.Warning)
            }
        }
        finally {
            $shell.Dispose()
            $runspace.Dispose()
        }
    }
}
AfterAll {
    $env:ASTERISELL_INVENTORY = $null
}

Describe '<Command>' -ForEach $changing {
    BeforeAll {
        $given = Get-Needed $Needed
    }

    It 'asks with -Confirm about each instance, and leaves out what is refused' {
        $asked = Invoke-Asked $Command ($given + @{ Name = 'alpha', 'beta'; Confirm = $true }) -Answers 'No', 'Yes'
        $asked.Questions.Count | Should -Be 2
        $asked.Questions[0] | Should -Match 'one/alpha'
        $asked.Questions[1] | Should -Match 'one/beta'
        # The host of these instances is not there, so what was begun has failed.
        ($asked.Errors.CategoryInfo.TargetName | Sort-Object -Unique) | Should -Be one/beta
        $asked.Output.Name | Should -Be beta
    }

    It 'does nothing when everything is refused' {
        $asked = Invoke-Asked $Command ($given + @{ Name = '*'; Confirm = $true }) -Answers 'No to All'
        $asked.Questions.Count | Should -Be 1
        $asked.Output | Should -BeNullOrEmpty
        $asked.Errors | Should -BeNullOrEmpty
    }

    It 'asks nothing with -Force, unless -Confirm stands beside it' {
        (Invoke-Asked $Command ($given + @{ Name = 'alpha'; Force = $true })).Questions | Should -BeNullOrEmpty
        $asked = Invoke-Asked $Command ($given + @{ Name = 'alpha'; Force = $true; Confirm = $true }) -Answers 'No'
        $asked.Questions.Count | Should -Be 1
        $asked.Output | Should -BeNullOrEmpty
    }

    It 'does nothing with -WhatIf, also beside -Force' {
        $asked = Invoke-Asked $Command ($given + @{ Name = '*'; Force = $true; WhatIf = $true })
        $asked.Output | Should -BeNullOrEmpty
        $asked.Errors | Should -BeNullOrEmpty
    }

    It 'spares an instance that is not active, unless it is named exactly' {
        foreach ($name in '*', 'g*', 'one/*') {
            $spared = Invoke-Asked $Command ($given + @{ Name = $name; Force = $true })
            $spared.Output.Name | Should -Not -Contain gone
            "$($spared.Warnings)" | Should -Match 'one/gone is left out, because the inventory says active: false'
        }
        (Invoke-Asked $Command ($given + @{ Name = 'gone'; Force = $true })).Output.Name | Should -Be gone
        $piped = Get-AsterisellInstance gone | & $Command @given -Force -WarningVariable told -WarningAction SilentlyContinue
        $piped | Should -BeNullOrEmpty
        "$told" | Should -Match 'one/gone is left out'
    }
}

Describe 'Progress' {
    BeforeAll {
        Start-LabInstance local/progress '--no-cron'
        $lab = New-LabInventory (New-Item -ItemType Directory (Join-Path $TestDrive lab)) local/progress
    }

    It 'shows the whole, and below it what runs in each instance' {
        $shown = Invoke-Asked Invoke-AsterisellCommand @{ Name = 'progress'; Command = 'sleep', '1.5'; InventoryPath = $lab; Confirm = $false }
        $shown.Errors | Should -BeNullOrEmpty
        $whole = @($shown.Progress | Where-Object ParentActivityId -EQ -1)
        $whole[0].StatusDescription | Should -Be '0 of 1 instances done'
        $below = @($shown.Progress | Where-Object ParentActivityId -EQ $whole[0].ActivityId)
        $below.Count | Should -BeGreaterThan 0
        $below[0].Activity | Should -Be local/progress
        # What was shown is taken away again.
        foreach ($id in $shown.Progress.ActivityId | Sort-Object -Unique) {
            ($shown.Progress | Where-Object ActivityId -EQ $id)[-1].RecordType | Should -Be Completed
        }
    }

    It 'shows nothing where nobody wants it' {
        (Invoke-Asked Invoke-AsterisellCommand @{ Name = 'progress'; Command = 'sleep', '1'; InventoryPath = $lab; Confirm = $false; ProgressAction = 'SilentlyContinue' }).Progress |
            Should -BeNullOrEmpty
    }
}
