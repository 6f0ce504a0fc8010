# A terminal is real only with somebody typing in it: tmux is that somebody.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $pwsh = [Environment]::ProcessPath
    $tmux = 'tmux', '-L', "asterisell-pester-$PID", '-f', '/dev/null'

    function Invoke-Tmux { & $tmux[0] $tmux[1..9] @args }
    function Send-Line([string] $Text) { Invoke-Tmux send-keys -t t -l $Text; Invoke-Tmux send-keys -t t Enter }
    function Get-Screen { (Invoke-Tmux capture-pane -p -J -S -200 -t t) -join "`n" }

    # Waits until the screen shows a text; what it shows is told when it never does.
    function Wait-Screen([string] $Pattern, [int] $Seconds = 30) {
        $until = [datetime]::UtcNow.AddSeconds($Seconds)
        do {
            $screen = Get-Screen
            if ($screen -match $Pattern) { return $screen }
            Start-Sleep -Milliseconds 100
        } while ([datetime]::UtcNow -lt $until)
        throw "The terminal does not show '$Pattern':`n$screen"
    }

    $errorClass = 'Asterisell.PowerShell.Commands.EnterAsterisellInstanceCommand'
    Start-LabInstance local/enter '--no-cron'
    Start-LabInstance milan/enter '--no-cron'
    $inventory = New-LabInventory $TestDrive 'local/enter', 'milan/enter', 'local/absent'
    # An empty screen without a past: what an earlier test showed must not be taken for an answer.
    function Clear-Screen {
        $script:page++
        Send-Line "Clear-Host; 'page' + ':$($script:page):'"
        $null = Wait-Screen "page:$($script:page):"
        Invoke-Tmux clear-history -t t
    }

    Invoke-Tmux new-session -d -s t -x 120 -y 30 -e "ASTERISELL_INVENTORY=$inventory" $pwsh -NoLogo -NoProfile
    $null = Wait-Screen 'PS .*>'
    Send-Line "Remove-Module PSReadLine; Import-Module '$(Get-ModulePath)'; 'ready' + '!'"
    $null = Wait-Screen 'ready!'
}
AfterAll {
    Invoke-Tmux kill-server 2>$null
}

Describe 'Enter-AsterisellInstance' {
    Context 'in a terminal, on <_>' -ForEach 'local/enter', 'milan/enter' {
        It 'starts a shell in the admin directory and gives its exit code back' {
            Clear-Screen
            Send-Line "Enter-AsterisellInstance $_"
            $null = Wait-Screen '/var/www/enter/admin#'
            Send-Line 'echo "at:$PWD size:$(stty size)"'
            $null = Wait-Screen 'at:/var/www/enter/admin size:30 120'
            Send-Line 'exit 7'
            $null = Wait-Screen 'logout\s+PS '
            Send-Line '"code:" + "${LASTEXITCODE}:"'
            $null = Wait-Screen 'code:7:'
        }

        It 'hands every key on: Ctrl+C ends the program inside, Ctrl+D ends the shell; then PowerShell has all its keys again' {
            Clear-Screen
            Send-Line "Enter-AsterisellInstance $_"
            $null = Wait-Screen '/var/www/enter/admin#'
            Send-Line 'echo begin; sleep 1000; echo "sleep:$?:"'
            $null = Wait-Screen '(?m)^begin'
            Invoke-Tmux send-keys -t t C-c
            Send-Line 'echo "still:$((6 * 7)):"'
            $null = Wait-Screen 'still:42:'
            Invoke-Tmux send-keys -t t C-d
            $null = Wait-Screen 'logout\s+PS '
            Send-Line '"back" + ":here:"'
            $null = Wait-Screen 'back:here:'
        }

        It 'gives Ctrl+P to the shell at once, which Docker would keep for its own' {
            Clear-Screen
            Send-Line "Enter-AsterisellInstance $_"
            $null = Wait-Screen '/var/www/enter/admin#'
            Send-Line 'echo "past:$((6 * 7)):"'
            $null = Wait-Screen 'past:42:'
            Invoke-Tmux send-keys -t t C-p
            $null = Wait-Screen 'past:42:\s+root[^\n]*# echo "past:' -Seconds 5
            Invoke-Tmux send-keys -t t Enter
            $null = Wait-Screen 'past:42:[\s\S]*past:42:'
            Send-Line 'exit'
            $null = Wait-Screen 'logout\s+PS '
        }

        It 'follows the size of the window' {
            Clear-Screen
            Send-Line "Enter-AsterisellInstance $_ -Command sh"
            $null = Wait-Screen '(?m)^#'
            Invoke-Tmux resize-window -t t -x 101 -y 33
            Start-Sleep -Milliseconds 500
            Send-Line 'stty size; exit'
            # Keys typed while the session ends would go into it.
            $null = Wait-Screen '33 101\s+PS '
            Invoke-Tmux resize-window -t t -x 120 -y 30
        }
    }

    It 'runs a program instead of a shell' {
        Clear-Screen
        Send-Line 'Enter-AsterisellInstance local/enter -Command cat, VERSION'
        $null = Wait-Screen 'Asterisell-5\S*\s*PS '
    }

    It 'leaves the terminal as it was, also when the container dies' {
        Clear-Screen
        Start-LabInstance local/entered '--no-cron'
        $null = New-LabInventory $TestDrive 'local/enter', 'milan/enter', 'local/absent', 'local/entered'
        Send-Line 'Enter-AsterisellInstance local/entered'
        $null = Wait-Screen '/var/www/entered/admin#'
        $null = Invoke-LabDocker local/entered 'kill', 'entered'
        Send-Line '"echo" + ":works:"'
        $null = Wait-Screen 'echo:works:'
    }

    It 'says so where there is no terminal, and what to use instead' {
        $said = Invoke-FreshPowerShell "Import-Module '$(Get-ModulePath)'; try { Enter-AsterisellInstance local/enter -InventoryPath '$inventory' } catch { `$_.FullyQualifiedErrorId; `"`$_`" }"
        $said[0] | Should -Be "NoTerminal,$errorClass"
        "$said" | Should -Match 'Invoke-AsterisellCommand'
    }

    It 'enters one at a time' {
        { Enter-AsterisellInstance *enter -InventoryPath $inventory } | Should -Throw -ErrorId "OneInstanceOnly,$errorClass"
    }

    It 'names an instance that is not there, and one without a container' {
        Enter-AsterisellInstance nope -InventoryPath $inventory -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -Be "InstanceNotFound,$errorClass"
        Clear-Screen
        Send-Line 'Enter-AsterisellInstance absent'
        $null = Wait-Screen 'local/absent: there is no container'
    }
}
