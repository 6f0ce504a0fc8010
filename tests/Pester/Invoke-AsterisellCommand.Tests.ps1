BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Common.psm1)
    $errorClass = 'Asterisell.PowerShell.Commands.InvokeAsterisellCommandCommand'
    Start-LabInstance local/pester-alpha -Options --no-data, --no-cron
    Start-LabInstance local/pester-beta -Options --no-data, --no-cron
    Start-LabInstance milan/pester-gamma -Options --no-data, --no-cron
    $env:ASTERISELL_INVENTORY = New-LabInventory $TestDrive local/pester-alpha, local/pester-beta, milan/pester-gamma
}
AfterAll { $env:ASTERISELL_INVENTORY = $null }

Describe 'Invoke-AsterisellCommand' {
    Context 'what is run' {
        It 'hands arguments over as they are' {
            $odd = 'a b', '$HOME', '"q"', "it's", '*', 'é', '', '-n'
            $result = Invoke-AsterisellCommand pester-alpha -Command (@('printf', '<%s>\n') + $odd) -Collect
            $result.Output | Should -Be ($odd | ForEach-Object { "<$_>" })
            $result.ExitCode | Should -Be 0
        }

        It 'starts in the admin folder as root, or where and as whom it is told' {
            (Invoke-AsterisellCommand pester-alpha -Command pwd -Collect).Output | Should -Be /var/www/pester-alpha/admin
            (Invoke-AsterisellCommand pester-alpha -Command pwd -WorkingDirectory /tmp -Collect).Output | Should -Be /tmp
            (Invoke-AsterisellCommand pester-alpha -Command whoami -Collect).Output | Should -Be root
            (Invoke-AsterisellCommand pester-alpha -Command whoami -User nobody -WorkingDirectory / -Collect).Output | Should -Be nobody
        }

        It 'gives a script to bash on standard input, with its parameters' {
            $result = Invoke-AsterisellCommand pester-alpha -Shell 'for w in "$@"; do echo "[$w]"; done | sort -r' -Command 'b c', a -Collect
            $result.Output | Should -Be '[b c]', '[a]'
        }

        It 'takes words behind the name as the command' {
            (Invoke-AsterisellCommand pester-alpha -Collect -- echo -n -e x).Output | Should -Be x
        }

        It 'says what is missing where there is nothing to run' {
            { Invoke-AsterisellCommand pester-alpha } | Should -Throw -ErrorId "CommandMissing,$errorClass"
        }
    }

    Context 'what comes back' {
        It 'gives lines with their instance, which output they are, and at last a result' {
            $all = Invoke-AsterisellCommand pester-alpha -Shell 'echo one; sleep 0.2; echo two >&2; sleep 0.2; printf é'
            $all[0..2].Text | Should -Be one, two, é
            $all[0..2].Source | Should -Be Output, Error, Output
            $all[0] | Should -BeOfType Asterisell.CommandOutput
            $all[3] | Should -BeOfType Asterisell.CommandResult
            $all[3].Status | Should -Be Succeeded
            $all.HostName | Sort-Object -Unique | Should -Be local
        }

        It 'gives lines as they come' {
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $first = Invoke-AsterisellCommand pester-alpha -Shell 'echo early; sleep 20' | Select-Object -First 1
            $first.Text | Should -Be early
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
        }

        It 'tells an exit code other than 0 as an error on the instance and as a result' {
            $result = Invoke-AsterisellCommand pester-alpha -Shell 'echo reason >&2; exit 7' -Collect -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed.FullyQualifiedErrorId | Should -Be "CommandFailed,$errorClass"
            $failed.CategoryInfo.TargetName | Should -Be local/pester-alpha
            $failed.TargetObject | Should -BeOfType Asterisell.AsterisellInstance
            "$failed" | Should -BeLike '*exit code 7: reason*'
            $result.Status | Should -Be Failed
            $result.ExitCode | Should -Be 7
        }

        It 'goes on with the others where one is not running' {
            Stop-LabInstance local/pester-beta
            try {
                $results = Invoke-AsterisellCommand pester-* -Command true -Collect -ErrorVariable failed -ErrorAction SilentlyContinue
                $failed.FullyQualifiedErrorId | Should -Be "InstanceNotRunning,$errorClass"
                $failed.CategoryInfo.TargetName | Should -Be local/pester-beta
                ($results | Sort-Object Name).Status | Should -Be Succeeded, Failed, Succeeded
            }
            finally { Start-LabInstance local/pester-beta }
        }

        It 'keeps memory flat with much output' {
            $before = [GC]::GetTotalMemory($true)
            $count = 0
            Invoke-AsterisellCommand pester-alpha -Shell 'head -c 60000000 /dev/zero | tr "\0" x | fold -w 1000' | ForEach-Object { $count++ }
            $count | Should -BeGreaterThan 60000
            [GC]::GetTotalMemory($true) - $before | Should -BeLessThan 30MB
        }
    }

    Context 'many instances' {
        It 'runs them at the same time, through the pipeline too' {
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $results = Get-AsterisellInstance | Invoke-AsterisellCommand -Shell 'sleep 4; hostname' -Collect
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
            $results.Count | Should -Be 3
        }

        It 'stops a bad command after the first wave' {
            $results = Invoke-AsterisellCommand pester-* -Command false -Collect -BatchSize 1, 100% -ErrorAction SilentlyContinue -WarningVariable said -WarningAction SilentlyContinue
            $results.Status | Should -Be Failed, Skipped, Skipped
            $said | Should -BeLike '2 of 3 instances were not begun*'
        }

        It 'refuses a wave that is none' {
            { Invoke-AsterisellCommand pester-* -Command true -BatchSize 0 } | Should -Throw -ErrorId "CannotConvertArgumentNoMessage,$errorClass"
        }

        It 'ends one that takes too long' {
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $result = Invoke-AsterisellCommand pester-alpha -Command sleep, 60 -TimeoutSec 1 -Collect -ErrorVariable failed -ErrorAction SilentlyContinue
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 15
            $failed.FullyQualifiedErrorId | Should -Be "InstanceTimedOut,$errorClass"
            $result.Status | Should -Be Failed
        }

        It 'shows the whole set with -WhatIf and does nothing' {
            $null = Invoke-AsterisellCommand pester-* -Command touch, /tmp/what-if -WhatIf
            (Invoke-AsterisellCommand pester-* -Shell 'test -e /tmp/what-if && echo there; true' -Collect).Output | Should -BeNullOrEmpty
        }
    }

    Context 'Ctrl+C' {
        It 'gives the prompt back within 2 s and ends the program inside, <Where>' -TestCases @(
            @{ Where = 'locally'; Name = 'local/pester-alpha' }
            @{ Where = 'through ssh'; Name = 'milan/pester-gamma' }
        ) {
            $mark = "31$(Get-Random -Maximum 99999)"
            $stopped = Measure-Stop { param($Name, $Mark) Invoke-AsterisellCommand $Name -Shell 'echo up; sleep $1' -Command $Mark } -Arguments $Name, $mark -After ([timespan]::FromSeconds(4))
            $stopped.Output.Text | Should -Be up
            $stopped.EndedBefore | Should -BeFalse
            $stopped.Elapsed.TotalSeconds | Should -BeLessThan 2
            $left = { Invoke-LabDocker $Name 'top', ($Name -split '/')[1] | Where-Object { $_ -match "sleep $mark" } }
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            while ((& $left) -and $watch.Elapsed.TotalSeconds -lt 10) { }
            & $left | Should -BeNullOrEmpty
        }
    }
}
