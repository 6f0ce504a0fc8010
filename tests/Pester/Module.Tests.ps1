BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $module = Get-ModulePath
    $listContexts = @'
[System.Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object { $context = $_.Name; $_.Assemblies |
    Where-Object { $_.GetName().Name -match '^(Asterisell|YamlDotNet)' } | ForEach-Object { "$context/$($_.GetName().Name)/$($_.GetName().Version.Major)" } } | Sort-Object
'@
    $inventory = Join-Path $TestDrive asterisell.yml
    Set-Content $inventory 'version: 1', "hosts: { local: { endpoint: 'unix:///nowhere.sock' } }", 'instances: { alpha: { host: local } }'
    $use = "Import-Module '$module'; `$null = Get-AsterisellInstance -InventoryPath '$inventory' -ErrorAction Stop"
}

Describe 'The module' {
    It 'imports without Engine, which comes when it is needed, in a context of its own' {
        Invoke-FreshPowerShell "Import-Module '$module'; $listContexts" | Should -Be 'Default/Asterisell.Model/0', 'Default/Asterisell.PowerShell/0'
        Invoke-FreshPowerShell "$use; $listContexts" | Should -Be @(
            'Asterisell.Engine/Asterisell.Engine/0', 'Asterisell.Engine/YamlDotNet/16', 'Default/Asterisell.Model/0', 'Default/Asterisell.PowerShell/0')
    }

    It 'loads Engine ahead of the first Tab where somebody sits at the prompt' {
        $wait = 'for ($n = 0; $n -lt 100 -and -not ([AppDomain]::CurrentDomain.GetAssemblies().FullName -match "^Asterisell.Engine"); $n++) { Start-Sleep -Milliseconds 100 }'
        Invoke-FreshPowerShell "Import-Module PSReadLine; Import-Module '$module'; $wait; ($listContexts) -match '/Asterisell.Engine/'" |
            Should -Be 'Asterisell.Engine/Asterisell.Engine/0'
    }

    It 'lives beside another YamlDotNet that was loaded <When>' -TestCases @(
        @{ When = 'before' }
        @{ When = 'after' }
    ) {
        $other = Get-OtherYamlDotNet
        $load = "Add-Type -Path '$other'; [YamlDotNet.Serialization.DeserializerBuilder]::new().Build().Deserialize('{ a: 1 }').Count"
        $script = if ($When -eq 'before') { "$load; $use" } else { "$use; $load" }
        Invoke-FreshPowerShell "$script; $listContexts" | Should -Be @(
            '1', 'Asterisell.Engine/Asterisell.Engine/0', 'Asterisell.Engine/YamlDotNet/16',
            'Default/Asterisell.Model/0', 'Default/Asterisell.PowerShell/0', 'Default/YamlDotNet/13')
    }

    It 'comes back after Remove-Module' {
        Invoke-FreshPowerShell "$use; Remove-Module Asterisell; $use; 'fine'" | Should -Be fine
    }

    It 'works in <Where>' -TestCases @(
        @{ Where = 'a job'; Script = { param($use) Start-Job ([scriptblock]::Create("$use; 'fine'")) | Receive-Job -Wait -AutoRemoveJob } }
        @{ Where = 'a thread job'; Script = { param($use) Start-ThreadJob ([scriptblock]::Create("$use; 'fine'")) | Receive-Job -Wait -AutoRemoveJob } }
        @{ Where = 'parallel runspaces'; Script = { param($use) 1..4 | ForEach-Object -Parallel { & ([scriptblock]::Create($using:use)); 'fine' } -ThrottleLimit 4 | Sort-Object -Unique } }
    ) {
        & $Script $use | Should -Be fine
    }

    It 'closes its connections when <When>' -TestCases @(
        @{ When = 'the module is removed'; Script = "`$null = Get-AsterisellHost milan; `$open = Open; Remove-Module Asterisell" }
        @{ When = 'its runspace closes'; Script = "`$shell = [powershell]::Create(); `$null = `$shell.AddScript(`$load).Invoke(); `$open = Open; `$shell.Runspace.Dispose()" }
        @{ When = 'PowerShell ends'; Script = "`$null = Get-AsterisellHost milan; `$open = Open; `$left = 'not asked'" }
    ) {
        $lab = New-LabInventory (New-Item -ItemType Directory (Join-Path $TestDrive $When)) @()
        $ids = @(Invoke-FreshPowerShell @"
`$env:ASTERISELL_INVENTORY = '$lab'
`$load = "Import-Module '$module'; Get-AsterisellHost milan"
Import-Module '$module'
# The connection runs below a small shell that ends it with us.
function Open { Get-Process ssh -ErrorAction Ignore | Where-Object { `$PID -in `$_.Parent.Id, `$_.Parent.Parent.Id } | ForEach-Object Id }
$Script
if (-not `$left) { `$left = "`$(@(Open).Count) left" }
"`$(@(`$open).Count) open, `$left"
`$open
"@)
        $ids[0] | Should -BeIn '1 open, 0 left', '1 open, not asked'
        $ids.Count | Should -BeGreaterThan 1
        Get-Process -Id $ids[1..($ids.Count - 1)] -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'survives Export-Clixml and a job''s serialization with Name and HostName' {
        $file = Join-Path $TestDrive instance.xml
        Get-AsterisellInstance -InventoryPath $inventory | Export-Clixml $file
        $back = Import-Clixml $file
        "$($back.HostName)/$($back.Name)" | Should -Be local/alpha
    }

    It 'has a manifest without gaps' {
        $manifest = Test-ModuleManifest $module -ErrorAction Stop
        $manifest.Version | Should -BeGreaterThan 0.0.0
        $manifest.ExportedCmdlets.Count | Should -BeGreaterThan 0
        $manifest.ExportedFunctions.Count + $manifest.ExportedAliases.Count | Should -Be 0
    }

    It 'is built by scripts that PowerShell can read: <_>' -ForEach build.ps1, tools/build/Docs.ps1, tools/build/Package.ps1, bench/import/measure.ps1 {
        $errors = $null
        $null = [System.Management.Automation.Language.Parser]::ParseFile((Join-Path (Get-RepositoryRoot) $_), [ref]$null, [ref]$errors)
        $errors | Should -BeNullOrEmpty
    }

    It 'has help for every cmdlet: <_>' -ForEach (Get-Command -Module Asterisell).Name {
        $help = Get-Help $_ -Full
        $help.Synopsis | Should -Not -BeLike "*$_ *[[]*"
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
    }

    It 'shows examples as they are typed, without marks of Markdown: <_>' -ForEach (Get-Command -Module Asterisell).Name {
        $text = Get-Help $_ -Full | Out-String
        $text | Should -Not -Match '```'
        # A line that shows nothing stands between an example and what is said of it.
        $text | Should -Match '(?m)Example 1: .*\n\s*\n( +\S.*\n)+[\s\u0080]*\u0080\s*\n +\S'
    }

    It 'breaks the paragraphs of about_Asterisell for 80 columns' {
        $prose = (Get-Help about_Asterisell) -split "`n" | Where-Object { $_ -match '^[A-Z`-]' -and $_ -notmatch ' \| ' }
        @($prose).Count | Should -BeGreaterThan 20
        ($prose | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'heads no column with code' {
        $labels = ([xml](Get-Content (Join-Path (Split-Path $module) Asterisell.Format.ps1xml) -Raw)).SelectNodes('//Label').InnerText
        $labels.Count | Should -BeGreaterThan 100
        $labels | Where-Object { $_ -match '[$\[]|^\s|\s$' } | Should -BeNullOrEmpty
    }

    It 'says what it is in about_Asterisell and about_AsterisellInventory' {
        (Get-Help about_Asterisell | Out-String) | Should -BeLike '*-BatchSize*'
        (Get-Help about_AsterisellInventory | Out-String) | Should -BeLike '*extends: reseller*'
    }

    It 'shows a sound inventory in about_AsterisellInventory' {
        $text = Get-Content (Join-Path (Split-Path $module) en-US/about_AsterisellInventory.help.txt) -Raw
        $sample = Join-Path $TestDrive sample.yml
        [regex]::Match($text, '(?s)```yaml\n(.*?)```').Groups[1].Value | Set-Content $sample
        Test-AsterisellInventory $sample | Should -BeNullOrEmpty
        (Get-AsterisellInstance -InventoryPath $sample).Count | Should -Be 2
    }

    Context 'given a path that can be none, with <What>' -ForEach @(
        @{ What = 'a NUL'; Wrong = "a`0b" }
        @{ What = 'no such drive'; Wrong = 'nodrive:/x' }
        @{ What = 'a drive of other things'; Wrong = 'Env:/PATH' }
        @{ What = 'nothing behind its provider'; Wrong = 'FileSystem::' }
    ) {
        It 'says so: <Command>' -TestCases @(
            @{ Command = 'Get-AsterisellInstance -InventoryPath $Wrong' }
            @{ Command = 'Get-AsterisellStatus -InventoryPath $Wrong' }
            @{ Command = 'Get-AsterisellBackup -Destination $Wrong' }
            @{ Command = 'Backup-AsterisellData alpha -Destination $Wrong -InventoryPath $inventory' }
            @{ Command = 'Test-AsterisellBackup $Wrong' }
            @{ Command = 'Test-AsterisellInventory $Wrong' }
            @{ Command = 'New-AsterisellInventory $Wrong' }
        ) {
            $before = Get-ChildItem -Name
            $thrown = try { $null = . ([scriptblock]::Create("$Command -ErrorAction Stop")) } catch { $_ }
            # PowerShell itself says of a path without wildcards that it is not found.
            $expected = $Command -like 'Test-AsterisellBackup*' -and $Wrong -eq 'FileSystem::' ? 'PathNotFound' : 'PathNotUsable'
            $thrown.FullyQualifiedErrorId | Should -BeLike "$expected,Asterisell.PowerShell.Commands.*"
            "$thrown" | Should -Not -Match "`0"
            Get-ChildItem -Name | Should -Be $before
        }
    }
}
