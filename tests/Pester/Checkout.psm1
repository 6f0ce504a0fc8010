# An upstream repository and an operator's checkout of it with an inventory in it; no lab is needed.
$ErrorActionPreference = 'Stop'

function Invoke-Git([string] $Folder, [string[]] $Arguments) {
    $said = git -C $Folder -c user.name=Test -c user.email=test@example.com @Arguments 2>&1
    if ($LASTEXITCODE -ne 0) { throw "git $Arguments ended with ${LASTEXITCODE}: $said" }
    $said
}

# Writes files (path = content) and commits them.
function Add-Commit([string] $Folder, [string] $Message, [hashtable] $Files) {
    foreach ($path in $Files.Keys) {
        $null = New-Item -ItemType Directory -Force (Split-Path (Join-Path $Folder $path))
        Set-Content -LiteralPath (Join-Path $Folder $path) $Files[$path]
    }
    $null = Invoke-Git $Folder 'add', '--all'
    $null = Invoke-Git $Folder 'commit', '--quiet', '--message', $Message
}

# Makes both below a folder, and tells where they are.
function New-Checkout([string] $Folder) {
    $upstream = (New-Item -ItemType Directory (Join-Path $Folder upstream)).FullName
    $null = Invoke-Git $upstream 'init', '--quiet', '--initial-branch=main'
    $inventory = "version: 1", "hosts: { one: { endpoint: 'unix:///nowhere.sock' } }", 'instances:', '  one/alpha: { customFiles: { alpha.php: lib } }', '  one/beta: {}'
    Add-Commit $upstream 'Version 5.8' @{
        'VERSION' = 'Asterisell-5.8'; 'asterisell.php' = '<?php'; 'asterisell.yml' = $inventory
        'apps/rates.php' = '<?php', '// one', '// two', '// three'; 'customizations/alpha.php' = '<?php', '// alpha'
    }
    $clone = Join-Path $Folder clone
    $null = Invoke-Git $Folder 'clone', '--quiet', $upstream, $clone
    foreach ($setting in @('user.name', 'Operator'), @('user.email', 'operator@example.com')) { $null = Invoke-Git $clone (@('config') + $setting) }
    [pscustomobject]@{ Upstream = $upstream; Clone = $clone; Inventory = Join-Path $clone asterisell.yml }
}

# A new version, and work of the operator's that contradicts it: one file for all instances, one for alpha alone.
function Add-Contradiction($Checkout) {
    Add-Commit $Checkout.Upstream 'Version 5.9' @{ 'VERSION' = 'Asterisell-5.9'; 'apps/rates.php' = '<?php', '// one', '// two, theirs', '// three'; 'customizations/alpha.php' = '<?php', '// alpha, theirs' }
    Add-Commit $Checkout.Clone 'Ours' @{ 'apps/rates.php' = '<?php', '// one', '// two, ours', '// three'; 'customizations/alpha.php' = '<?php', '// alpha, ours' }
}

# What must be as before after an update that was taken back.
function Get-Fingerprint($Checkout) {
    (Invoke-Git $Checkout.Clone 'rev-parse', 'HEAD'), (Invoke-Git $Checkout.Clone 'status', '--porcelain=v2', '--untracked-files=all'),
    (Invoke-Git $Checkout.Clone 'ls-files', '--stage'), (Invoke-Git $Checkout.Clone 'stash', 'list'),
    (Get-ChildItem $Checkout.Clone -Recurse -File | Get-FileHash | ForEach-Object { "$($_.Path) $($_.Hash)" }) | Out-String
}

Export-ModuleMember -Function *
