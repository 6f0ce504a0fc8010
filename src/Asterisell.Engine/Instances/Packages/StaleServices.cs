using System.Diagnostics;
using System.Globalization;
using Asterisell.Engine.Instances.Power;

namespace Asterisell.Engine.Instances.Packages;

/// <summary>Services that still run with programs or libraries whose files were replaced.</summary>
internal sealed class StaleServices(IInstance instance)
{
    /// <summary>Pairs of <c>stale</c> and the id of a process that runs with files that are gone. Shared memory and temporary files are no programs.</summary>
    /// <remarks>
    /// Docker gives a container's root no right to look into processes of other users that began as root (MariaDB is one). For those, the
    /// program and the libraries that it asks for are compared with the time it was started; within the same second it counts as stale.
    /// </remarks>
    private const string Script = ProbeScripts.Prelude + ProbeScripts.Processes + ProbeScripts.Supervisor + """

        processes
        supervisor
        booted=$(sed -n 's/^btime //p' /proc/stat)
        for maps in $(grep -lE ' (/usr|/lib|/opt|/sbin|/bin)[^ ]*( .*)? \(deleted\)$' /proc/[0-9]*/maps 2>/dev/null); do
          maps=${maps#/proc/}
          say stale "${maps%/maps}"
        done
        for d in /proc/[0-9]*; do
          program= s=
          { read -r -n 1 s < $d/maps; } 2>/dev/null
          [ -z "$s" ] || continue
          { IFS= read -r -d '' program < $d/cmdline; } 2>/dev/null
          [ "${program#/}" != "$program" ] && [ -x "$program" ] || continue
          { IFS= read -r -d '' s < $d/stat; } 2>/dev/null
          set -- ${s##*) }
          [ $# -ge 20 ] || continue
          started=$((booted + ${20} / 100))
          for file in "$program" $(ldd "$program" 2>/dev/null | grep -oE '/[^ ]+'); do
            if [ "$(stat -L -c %Z "$file" 2>/dev/null || echo 0)" -ge $started ]; then say stale "${d#/proc/}"; break; fi
          done
        done

        """ + ProbeScripts.End;

    private static readonly TimeSpan DatabaseGrace = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RestartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>What runs with files that are gone: names of services, and whether process 1 does.</summary>
    public async Task<(IReadOnlyList<ServiceStatus> Services, bool Supervisor)> FindAsync(CancellationToken cancellation)
    {
        CommandOutcome outcome = await instance.Exec.RunAsync(Bash.Command(Script), cancellation).ConfigureAwait(false);
        var answer = ProbeAnswer.Parse(outcome.Output.Span, outcome.ErrorText);
        if (!answer.IsComplete)
        {
            throw InstanceErrors.ScriptFailed(instance.Definition, "looking for services to restart", outcome.ExitCode, outcome.ErrorText);
        }

        IReadOnlyList<ProcessEntry> processes = ProcessEntry.Parse(answer);
        HashSet<int> stale = [.. answer.All("stale").Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        HashSet<int> tops = [.. stale.Select(id => Top(processes, id)).OfType<int>()];
        ServiceStatus[] services =
        [
            .. (ServiceMatcher.Read(answer) ?? []).Where(service => service.IsRunning && Top(processes, service.ProcessId) is { } top && tops.Contains(top)),
        ];
        return (services, stale.Contains(1));
    }

    /// <summary>Restarts services one by one: MariaDB as a stop would end it, the others by TERM; supervisord starts them again.</summary>
    public async Task RestartAsync(IReadOnlyList<ServiceStatus> services, IProgress<string>? progress, CancellationToken cancellation)
    {
        foreach (ServiceStatus service in services)
        {
            progress?.Report($"restarting {service.Service}");
            if (service.Service == "mysql")
            {
                DatabaseShutdown database = await DatabaseShutdown.BeginAsync(instance, DatabaseGrace, null, cancellation).ConfigureAwait(false);
                await database.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                string id = service.ProcessId.ToString(CultureInfo.InvariantCulture);
                await instance.Exec.RunAsync(new InstanceCommand(["/bin/bash", "-c", "kill -TERM \"$1\"", "asterisell", id]), cancellation).ConfigureAwait(false);
            }
        }

        await WaitAsync(services, cancellation).ConfigureAwait(false);
    }

    /// <summary>Whether they really came back, the test of the instance tells; here they only get their time.</summary>
    private async Task WaitAsync(IReadOnlyList<ServiceStatus> services, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        while (services.Count > 0 && Stopwatch.GetElapsedTime(start) < RestartLimit)
        {
            IReadOnlyList<ServiceStatus> now = await instance.Services.ListAsync(cancellation).ConfigureAwait(false);
            if (services.All(old => now.Any(service => service.Service == old.Service && service.IsRunning && service.ProcessId != old.ProcessId)))
            {
                return;
            }

            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The child of process 1 that a process descends from; null for process 1 and for what came by exec.</summary>
    private static int? Top(IReadOnlyList<ProcessEntry> processes, int id)
    {
        ProcessEntry? process = processes.FirstOrDefault(entry => entry.Id == id);
        while (process is { ParentId: > 1 } child)
        {
            process = processes.FirstOrDefault(entry => entry.Id == child.ParentId);
        }

        return process is { ParentId: 1 } ? process.Id : null;
    }
}
