using System.Globalization;

namespace Asterisell.Engine.Instances;

/// <summary>
/// Finds the process of each program of supervisord. A child of PID 1 has the program's name in its environment, but nginx, php-fpm and
/// sshd overwrite theirs with a title; those are known by the title and the program's file name. A database that supervisord starts without
/// anything in between runs as a user of its own, whose environment root of a container may not read; it is known by its name.
/// </summary>
internal sealed class ServiceMatcher(IReadOnlyList<ProcessEntry> processes, double machineUptimeSeconds)
{
    private const double TicksPerSecond = 100;

    /// <summary>Programs that only start another one and live beside it: the other one is the service.</summary>
    private static readonly HashSet<string> Wrappers = new(StringComparer.Ordinal) { "pidproxy", "mysqld_safe", "mariadbd-safe", "sh", "bash", "dash" };

    /// <summary>Wrappers that are nothing without the program they started.</summary>
    private static readonly HashSet<string> EmptyWrappers = new(StringComparer.Ordinal) { "pidproxy", "mysqld_safe", "mariadbd-safe" };

    private static readonly HashSet<string> DatabasePrograms = new(StringComparer.Ordinal) { "mysql", "mysqld", "mariadb", "mariadbd" };

    /// <summary>The services from a probe's answer; null where PID 1 has no configuration of supervisord.</summary>
    public static IReadOnlyList<ServiceStatus>? Read(ProbeAnswer answer)
    {
        string[] files = [.. answer.All("supervisor")];
        if (files.Length == 0)
        {
            return null;
        }

        string uptime = answer.Find("uptime")?.Split(' ')[0] ?? "";
        double seconds = double.TryParse(uptime, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : 0;
        var matcher = new ServiceMatcher(ProcessEntry.Parse(answer), seconds);
        return [.. SupervisorConfig.Parse(files).Select(program => matcher.Find(program.Name, program.Command))];
    }

    private ServiceStatus Find(string name, string command)
    {
        ProcessEntry[] children = [.. processes.Where(process => process.IsAlive && process.ParentId == 1)];
        ProcessEntry? supervised = children.FirstOrDefault(process => process.Service == name)
            ?? children.FirstOrDefault(process => process.Service is null && Fits(process, command))
            ?? children.FirstOrDefault(process => process.Service is null && DatabasePrograms.Contains(name) && process.Name is ("mysqld" or "mariadbd"));
        ProcessEntry? real = supervised is null ? null : Unwrap(supervised);
        return real is null
            ? new ServiceStatus(name, false, 0, null)
            : new ServiceStatus(name, true, real.Id, TimeSpan.FromSeconds(Math.Max(0, machineUptimeSeconds - (real.StartTicks / TicksPerSecond))));
    }

    private static bool Fits(ProcessEntry process, string command)
    {
        string file = FileName(command.Split(' ', 2)[0]);
        return file.Length > 0
            && (process.Name == file[..Math.Min(file.Length, 15)]
                || process.Command.StartsWith(file + ":", StringComparison.Ordinal)
                || FileName(process.Command.Split(' ', 2)[0]) == file);
    }

    private ProcessEntry? Unwrap(ProcessEntry process)
    {
        if (!Wrappers.Contains(process.Name))
        {
            return process;
        }

        ProcessEntry? child = processes.FirstOrDefault(entry => entry.IsAlive && entry.ParentId == process.Id);
        return child is not null ? Unwrap(child) : EmptyWrappers.Contains(process.Name) ? null : process;
    }

    private static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..];
}
