BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.RemoveAsterisellBackupCommand'
    Start-LabInstance local/pester-alpha -Options --no-data, --no-cron
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/pester-alpha
    $real = Backup-AsterisellData pester-alpha -Destination (Join-Path $TestDrive first)

    # A destination with a copy of the real snapshot at each of some times; those after "proven" are tested.
    function New-Destination([string[]] $Id, [string[]] $Proven) {
        $root = Join-Path $TestDrive ([guid]::NewGuid())
        $folder = (New-Item -ItemType Directory (Join-Path $root local pester-alpha)).FullName
        foreach ($one in $Id) {
            $path = Join-Path $folder $one
            cp -a $real.Path $path
            $time = [datetime]::ParseExact($one, "yyyyMMdd'T'HHmmss'Z'", [cultureinfo]::InvariantCulture).ToString('s')
            $manifest = Join-Path $path manifest.json
            $text = (Get-Content $manifest -Raw) -replace $real.SnapshotId, $one -replace '"(startedAt|finishedAt)": "[^"]+"', "`"`$1`": `"${time}Z`""
            Set-Content $manifest $text -NoNewline
            "$((Get-FileHash $manifest).Hash.ToLower())  manifest.json`n" | Set-Content (Join-Path $path manifest.sha256) -NoNewline
        }
        foreach ($one in $Proven) { Test-AsterisellBackup (Join-Path $folder $one) -Quiet | Should -BeTrue }
        [pscustomobject]@{ Root = $root; Folder = $folder }
    }
    $three = '20250110T020000Z', '20250210T020000Z', '20250310T020000Z'
}
AfterAll { $env:ASTERISELL_INVENTORY = $null }

Describe 'Remove-AsterisellBackup' {
    It 'says why each stays or goes, and frees what it says' {
        $there = New-Destination $three -Proven $three[2]
        $decisions = Remove-AsterisellBackup pester-alpha -Destination $there.Root -KeepMonthly 2
        $decisions | Should -BeOfType Asterisell.RetentionDecision
        $decisions.Outcome | Should -Be Removed, Kept, Kept
        $decisions[1].Reasons | Should -Be 'last of 2025-02 (monthly 2 of 2)'
        $decisions[2].Reasons | Should -Be 'last of 2025-03 (monthly 1 of 2)', 'newest proven'
        $decisions[0].FreedBytes | Should -BeGreaterThan 1000
        (Get-AsterisellBackup -Destination $there.Root).SnapshotId | Should -Be $three[1..2]
        ($decisions | Format-Table | Out-String -Width 160) | Should -Match 'monthly 2 of 2'
    }

    It 'changes nothing with -WhatIf, and still says why' {
        $there = New-Destination $three -Proven $three[2]
        $decisions = Remove-AsterisellBackup * -Destination $there.Root -KeepLast 1 -WhatIf
        $decisions.Outcome | Should -Be Removable, Removable, Kept
        (Get-ChildItem $there.Folder).Name | Should -Be $three
    }

    It 'takes the rules of the target, also for instances and backups from the pipeline' {
        $there = New-Destination $three -Proven $three[2]
        $inventory = Join-Path $TestDrive targets.yml
        (Get-Content $env:ASTERISELL_INVENTORY -Raw) + "`ntargets: { disk: { kind: directory, path: '$($there.Root)', retention: { keepLast: 1 } } }" | Set-Content $inventory
        $first = Get-AsterisellBackup pester-alpha -InventoryPath $inventory | Select-Object -First 1
        ($first | Remove-AsterisellBackup -InventoryPath $inventory).Outcome | Should -Be Removed, Kept, Kept
        $decisions = Get-AsterisellInstance -InventoryPath $inventory | Remove-AsterisellBackup -InventoryPath $inventory
        $decisions.Outcome | Should -Be Removed, Kept
        $decisions[0].Target | Should -Be disk
    }

    It 'removes nothing without a rule' {
        $there = New-Destination $three -Proven $three[2]
        Remove-AsterisellBackup * -Destination $there.Root -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -Be "RetentionNotSet,$errorClass"
        (Get-ChildItem $there.Folder).Name | Should -Be $three
    }

    It 'removes nothing behind a damaged newest one, nor without a proven one, and says so' {
        $unproven = New-Destination $three
        $damaged = New-Destination $three -Proven $three[1]
        Remove-Item (Join-Path $damaged.Folder $three[2] manifest.json)
        foreach ($there in $unproven, $damaged) {
            $decisions = Remove-AsterisellBackup * -Destination $there.Root -KeepLast 1 -WarningVariable told -WarningAction SilentlyContinue
            $decisions.Outcome | Should -Be Kept, Kept, Kept
            "$told" | Should -BeLike 'local/pester-alpha: no backup is removed: *'
            (Get-ChildItem $there.Folder).Count | Should -Be 3
        }
        "$told" | Should -BeLike "*$($three[2]), is damaged*"
    }

    It 'names what has no backup, and refuses a bare number for -KeepWithin' {
        Remove-AsterisellBackup nobody -Destination (New-Destination $three).Root -KeepLast 1 -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be "BackupNotFound,$errorClass"
        { Remove-AsterisellBackup nobody -KeepWithin 14 } | Should -Throw '*no duration*'
    }
}

Describe 'Remove-AsterisellBackup, stopped' {
    It 'asks for no Backup[0], but says that nobody named a backup' {
        { Remove-AsterisellBackup -KeepLast 1 } | Should -Throw -ErrorId "BackupNotNamed,$errorClass"
        { Export-AsterisellData -Path $TestDrive } | Should -Throw -ErrorId 'BackupNotNamed,*'
        { Test-AsterisellBackup } | Should -Throw -ErrorId 'BackupNotNamed,*'
        @() | Remove-AsterisellBackup -KeepLast 1 | Should -BeNullOrEmpty
    }

    It 'ends soon after Ctrl+C, with nothing broken to be seen' {
        $template = New-Destination (1..9 | ForEach-Object { "2025010${_}T020000Z" }) -Proven 20250109T020000Z
        foreach ($folder in Get-ChildItem $template.Folder -Directory) { 1..400 | ForEach-Object { [IO.File]::WriteAllText((Join-Path $folder files "weight$_"), 'x') } }
        $root = Join-Path $TestDrive stopped
        $stopped = Measure-Stop -After ([timespan]::FromMilliseconds(1500)) -Arguments $template.Root, $root -Script {
            param($template, $root)
            while ($true) { Remove-Item $root -Recurse -Force -ErrorAction Ignore; cp -a $template $root; Remove-AsterisellBackup * -Destination $root -KeepLast 1 }
        }
        $stopped.State | Should -Be Stopped
        $stopped.Elapsed.TotalSeconds | Should -BeLessThan 2
        if (Test-Path (Join-Path $root local)) { (Get-AsterisellBackup -Destination $root).State | Should -Not -Contain Damaged }
    }
}

Describe 'Remove-AsterisellBackup, killed' {
    It 'shows nothing broken and loses nothing proven, whenever pwsh is killed' {
        $kills = $env:ASTERISELL_CAMPAIGN -eq 'full' ? 100 : 3
        $random = [random]::new(20261123)
        $module = Get-ModulePath
        $marker = Join-Path $TestDrive begun
        # The child says when it begins to remove, so that the kill falls into the removal and not into the start of pwsh.
        $script = "Import-Module '$module'; `$null = Get-AsterisellBackup -Destination {0}; Set-Content '$marker' x; Remove-AsterisellBackup * -Destination {0} -KeepLast 1 | Out-Null; Set-Content '$marker.done' x"
        $ids = 1..9 | ForEach-Object { "2025010${_}T020000Z" }
        function Start-Removal($root) {
            Remove-Item $marker, "$marker.done" -ErrorAction Ignore
            $child = Start-Process (Get-Process -Id $PID).Path -ArgumentList '-NoProfile', '-NonInteractive', '-Command', ($script -f $root) -PassThru
            while (-not (Test-Path $marker)) { if ($child.HasExited) { throw 'the child ended before it began' }; Start-Sleep -Milliseconds 2 }
            $child
        }
        $template = New-Destination $ids -Proven $ids[6, 8]
        # Some weight, so that a removal takes a while.
        foreach ($id in $ids) { 1..400 | ForEach-Object { [IO.File]::WriteAllText((Join-Path $template.Folder $id files "weight$_"), 'x') } }
        function New-Try { $root = Join-Path $TestDrive ([guid]::NewGuid()); cp -a $template.Root $root; $root }

        $root = New-Try
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $child = Start-Removal $root
        $watch.Restart()
        $child.WaitForExit()
        $whole = $watch.ElapsedMilliseconds
        Remove-Item $root -Recurse -Force

        $middle = 0
        foreach ($kill in 1..$kills) {
            $root = New-Try
            $child = Start-Removal $root
            Start-Sleep -Milliseconds ($whole * $random.NextDouble())
            $child.Kill()
            $child.WaitForExit()
            $folder = Join-Path $root local pester-alpha
            $left = @(Get-ChildItem $folder -Directory -Hidden -Filter '.removing-*')
            $visible = @(Get-AsterisellBackup -Destination $root)
            $middle += $left.Count -gt 0 -or $visible.Count -in 2..8
            $visible.State | Should -Not -Contain Damaged
            $visible.SnapshotId | Should -Contain $ids[8]
            ($visible | Where-Object SnapshotId -EQ $ids[8]).IsProven | Should -BeTrue
            $visible | Test-AsterisellBackup -Level Manifest -Quiet | Should -Not -Contain $false
            $decisions = Remove-AsterisellBackup * -Destination $root -KeepLast 1
            $decisions.Outcome | Should -Not -Contain Failed
            (Get-ChildItem $folder -Directory -Force).Name | Should -Be .verdicts, $ids[8]
            Test-AsterisellBackup (Join-Path $folder $ids[8]) -Quiet | Should -BeTrue
            Remove-Item $root -Recurse -Force
        }
        if ($kills -ge 100) { $middle | Should -BeGreaterThan 20 -Because 'most kills should fall into the removal' }
        Write-Host "$kills kills within $whole ms of a removal: $middle in the middle of it; nothing visible was broken, the proven one always whole"
    }
}
