<#
.SYNOPSIS
Brings docs/en-US in line with the compiled cmdlets, and writes the help that ships from it.
.DESCRIPTION
Syntax and parameters come from the assembly; synopsis and parameter texts from the XML comments of the code, so that they stand in one
place; description, examples, inputs, outputs and notes are written by hand in docs/en-US and kept.
#>
[CmdletBinding()]
param()
$ErrorActionPreference = 'Stop'
Import-Module Microsoft.PowerShell.PlatyPS -MinimumVersion 1.0.0
$root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
$docs = Join-Path $root 'docs/en-US'
$work = Join-Path $root 'out/help'
Import-Module (Join-Path $root 'out/Asterisell/Asterisell.psd1') -Force

# Summaries of the XML comments by member name, as Markdown in one paragraph.
function Read-Comment {
    $comments = @{}
    foreach ($assembly in 'Asterisell.PowerShell', 'Asterisell.Model') {
        $file = Join-Path $root "src/$assembly/bin/Release/net8.0/$assembly.xml"
        foreach ($member in ([xml](Get-Content $file -Raw)).doc.members.member) {
            if ($member.summary) { $comments[$member.name] = ConvertTo-Paragraph $member.SelectSingleNode('summary') }
        }
    }
    $comments
}

function ConvertTo-Paragraph([System.Xml.XmlNode] $Node) {
    $text = foreach ($part in $Node.ChildNodes) {
        switch ($part.LocalName) {
            'c' { "``$($part.InnerText)``" }
            'see' { "``$(($part.cref ?? $part.langword) -replace '^.*[.:]')``" }
            default { $part.InnerText }
        }
    }
    (-join $text) -replace '\s+', ' ' | ForEach-Object Trim
}

# The comment of a property, which a base class may have.
function Get-ParameterText([type] $Type, [string] $Name) {
    for ($owner = $Type.GetProperty($Name).DeclaringType; $owner; $owner = $owner.BaseType) {
        $text = $comments["P:$($owner.FullName -replace '`1.*', '`1').$Name"]
        if ($text) { return $text }
    }
    switch ($Name) {
        'WhatIf' { 'Shows what would be done, for the whole set, and does nothing.' }
        'Confirm' { 'Asks before each one.' }
    }
}

function Get-DefaultText([object] $Cmdlet, [string] $Name) {
    $value = $Cmdlet.GetType().GetProperty($Name)?.GetValue($Cmdlet)
    if ($value -is [enum] -or ($value -is [valuetype] -and $value -isnot [System.Management.Automation.SwitchParameter] -and $value -notin 0, [int]::MaxValue)) { "$value" } else { '' }
}

# What Get-Help would show as it is goes out of the paragraphs: fences of Markdown, ends of lines inside of a sentence.
# The control character between an example and its text is PlatyPS's: a blank line, where Get-Help drops one that is really empty.
function ConvertTo-ShippedHelp([Parameter(ValueFromPipeline)] [string] $Xml) {
    [regex]::Replace($Xml, '(?s)(?<=<maml:para>).*?(?=</maml:para>)', {
        param($paragraph)
        $text = $paragraph.Value
        if ($text -match '(?s)^```\w*\n(.*)\n```$') { $Matches[1] }
        elseif ($text -match '\n([-*|] |\s|```)') { $text }
        else { $text -replace '\n', ' ' }
    })
}

# Markdown reads well as text, but for its long lines: paragraphs are broken for a terminal of 80 columns, code is left as it is.
function ConvertTo-AboutText([string[]] $Line) {
    $paragraph = ''
    $code = $false
    foreach ($one in @($Line) + '') {
        $fence = $one.StartsWith('```')
        $code = $code -xor $fence
        if (-not $code -and -not $fence -and $one -match '^[^\s#|]' -and $one -notmatch '^[-*] ') { $paragraph = "$paragraph $one".Trim(); continue }
        if ($paragraph) { [regex]::Replace($paragraph, '(.{1,78})(?: +|$)', "`$1`n").TrimEnd() }
        $paragraph = ''
        $one
    }
}

function Update-Help([System.Management.Automation.CmdletInfo] $Command) {
    $file = Join-Path $docs "$($Command.Name).md"
    if (Test-Path $file) { $null = Update-MarkdownCommandHelp -Path $file -NoBackup }
    else { $null = New-MarkdownCommandHelp -CommandInfo $Command -OutputFolder $work -Force; Move-Item (Join-Path $work "Asterisell/$($Command.Name).md") $file }
    $help = Import-MarkdownCommandHelp $file
    $help.Synopsis = $comments["T:$($Command.ImplementingType.FullName)"]
    $help.AliasHeaderFound = $false
    $help.Metadata.Remove('ms.date')
    $cmdlet = [Activator]::CreateInstance($Command.ImplementingType)
    foreach ($parameter in $help.Parameters) {
        $known = $Command.ImplementingType.GetProperty($parameter.Name)
        $parameter.Description = if ($known) { Get-ParameterText $Command.ImplementingType $parameter.Name } else { Get-ParameterText ([object]) $parameter.Name }
        $parameter.DefaultValue = Get-DefaultText $cmdlet $parameter.Name
    }
    foreach ($type in @($help.Inputs) + @($help.Outputs)) {
        if ($type.Description -match '^\s*(\{\{.*)?$') {
            $type.Description = switch ($type.Typename) {
                'System.String[]' { 'Names, as -Name takes them.' }
                'System.Void' { 'Nothing goes to the pipeline.' }
                'Asterisell.AsterisellInstance[]' { 'Instances of Get-AsterisellInstance.' }
                default { $comments["T:$($_ -replace '\[\]$')"] }
            }
        }
    }
    if ($help.Notes -match '^\s*\{\{') { $help.Notes = '' }
    $null = $help | Export-MarkdownCommandHelp -OutputFolder $work -Force
    # Neither the day of the build nor trailing blanks: they are changes where nothing changed.
    $text = (Get-Content (Join-Path $work "Asterisell/$($Command.Name).md") -Raw) -replace '(?s)## ALIASES.*?(?=## DESCRIPTION)', '' -replace '(?m)^ms\.date:.*\n', '' -replace '(?m)^\{\{ Fill in the related links here \}\}\n', '' -replace '(?m)[ \t]+$', '' -replace '\n{3,}', "`n`n"
    Set-Content -Path $file -Value $text.TrimEnd()
    $help
}

Remove-Item $work -Recurse -ErrorAction Ignore
$null = New-Item -ItemType Directory -Force $docs, $work, (Join-Path $root 'module/en-US')
$comments = Read-Comment
$all = Get-Command -Module Asterisell -CommandType Cmdlet | Sort-Object Name | ForEach-Object { Update-Help $_ }
Get-ChildItem $docs -Filter '*-*.md' | Where-Object BaseName -NotIn $all.Title | ForEach-Object { Write-Warning "$($_.Name) is about no cmdlet."; }
$null = $all | Export-MamlCommandHelp -OutputFolder $work -Force
$shipped = Join-Path $root 'module/en-US'
Get-Content (Join-Path $work 'Asterisell/Asterisell.PowerShell.dll-Help.xml') -Raw | ConvertTo-ShippedHelp |
    Set-Content (Join-Path $shipped 'Asterisell.PowerShell.dll-Help.xml') -NoNewline
foreach ($about in Get-ChildItem $docs -Filter 'about_*.md') {
    ConvertTo-AboutText (Get-Content $about) | Set-Content (Join-Path $shipped "$($about.BaseName).help.txt")
}
$null = New-Item -ItemType Directory -Force (Join-Path $root 'out/Asterisell/en-US')
Copy-Item (Join-Path $shipped '*') (Join-Path $root 'out/Asterisell/en-US') -Force
"help: $(@($all).Count) cmdlets"
