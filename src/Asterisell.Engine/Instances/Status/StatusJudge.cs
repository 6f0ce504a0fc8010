using System.Globalization;

namespace Asterisell.Engine.Instances;

/// <summary>Says in one word how an instance is, and what keeps it from being healthy.</summary>
internal static class StatusJudge
{
    /// <summary>Less free space than this share of the disk, or than <see cref="LowDiskBytes"/> where the disk is large.</summary>
    private const double LowDiskShare = 0.10;

    private const long LowDiskBytes = 10L * 1024 * 1024 * 1024;

    /// <summary>Smaller logs that nothing rotates are listed, but nobody's business today.</summary>
    private const long LargeLogBytes = 10L * 1024 * 1024;

    /// <summary>A backup is made every 24 hours, tried again with the next pass; a day and two hours is late.</summary>
    private static readonly TimeSpan BackupLate = TimeSpan.FromHours(26);

    private static readonly TimeSpan SkewLimit = TimeSpan.FromSeconds(5);

    /// <summary>The services without which an instance does not do its work; the others only degrade it.</summary>
    private static readonly HashSet<string> VitalServices = new(StringComparer.Ordinal) { "mysql", "php", "nginx" };

    /// <summary>Fills in <see cref="InstanceStatus.Condition"/> and <see cref="InstanceStatus.Remarks"/>.</summary>
    /// <param name="status">Everything else.</param>
    /// <param name="frequency">Time between scheduled passes, as the inventory has it.</param>
    public static InstanceStatus Judge(InstanceStatus status, TimeSpan frequency)
    {
        if (!status.Container.IsRunning)
        {
            return status with
            {
                Condition = status.Container.State == "missing" ? InstanceCondition.Missing : InstanceCondition.Stopped,
                Remarks = status.Container.ExitReason is { } reason ? [reason] : [],
            };
        }

        string[] failures = [.. Failures(status)];
        string[] concerns = [.. Concerns(status, frequency)];
        bool nothingKnown = status.Services.Count == 0 && status.Database is null && status.Web is null;
        InstanceCondition condition = nothingKnown ? InstanceCondition.Unknown
            : failures.Length > 0 ? InstanceCondition.Failed
            : concerns.Length > 0 ? InstanceCondition.Degraded
            : InstanceCondition.Healthy;
        return status with { Condition = condition, Remarks = [.. failures, .. concerns] };
    }

    private static IEnumerable<string> Failures(InstanceStatus status)
    {
        foreach (ServiceStatus service in status.Services.Where(service => !service.IsRunning && VitalServices.Contains(service.Service)))
        {
            yield return $"{service.Service} does not run";
        }

        if (status.Database is { IsReachable: false })
        {
            yield return status.Unread.FirstOrDefault(part => part.Part == nameof(InstanceStatus.Database)) is { } unread
                ? $"database: {unread.Reason.TrimEnd('.')}"
                : "database: not reachable";
        }

        if (status.Web is { Admin: { Answers: false } admin })
        {
            yield return $"admin web: {admin.Remark}";
        }

        if (status.Web is { Customer: { Answers: false } customer })
        {
            yield return $"customer web: {customer.Remark}";
        }

        if (status.Application is { PendingUpgradeJobs: { Count: > 0 } pending })
        {
            yield return $"{Count(pending.Count, "upgrade job")} pending: no job pass works";
        }

        if (status.Locks is { JobLock: { Holder: JobLockHolder.Foreign } foreign })
        {
            yield return $"job lock held by {foreign.ProcessName} ({foreign.ProcessId.ToString(CultureInfo.InvariantCulture)}): no job pass works";
        }

        if (status.Calls is { RatingBlocked: true })
        {
            yield return "rating gave up after repeated failures";
        }
    }

    private static IEnumerable<string> Concerns(InstanceStatus status, TimeSpan frequency) =>
        [.. Work(status, frequency), .. Surroundings(status)];

    private static IEnumerable<string> Work(InstanceStatus status, TimeSpan frequency)
    {
        foreach (ServiceStatus service in status.Services.Where(service => !service.IsRunning && !VitalServices.Contains(service.Service)))
        {
            yield return $"{service.Service} does not run";
        }

        if (status.Locks is { CronLocked: true })
        {
            yield return "scheduled jobs are locked";
        }

        if (status.Locks is { WebLocked: true })
        {
            yield return "closed for customers";
        }

        if (status.Problems is { Critical: > 0 } problems)
        {
            yield return Count(problems.Critical, "critical problem");
        }

        if (status.Application is { FailedUpgradeJobs: { Count: > 0 } failed })
        {
            yield return $"{Count(failed.Count, "upgrade job")} failed";
        }

        if (status.Jobs is { FailedLastDay: > 0 } jobs)
        {
            yield return $"{Count(jobs.FailedLastDay, "job")} failed in 24 h";
        }

        if (status.Jobs is { AbandonedJobs: > 0 })
        {
            yield return "a job pass crashed";
        }

        if (Late(status, frequency) is { } age)
        {
            yield return $"last job ended {ContainerText.Ago(age)}";
        }
    }

    private static IEnumerable<string> Surroundings(InstanceStatus status)
    {
        if (status.OwnBackups is { } backups && Backups(backups, status.ReadAt) is { } late)
        {
            yield return late;
        }

        if (status.Disk is { } disk && disk.FreeBytes < Math.Min(disk.TotalBytes * LowDiskShare, LowDiskBytes))
        {
            yield return $"{disk.FreeBytes / (1024 * 1024)} MiB free on {disk.Path}";
        }

        if (status.Memory is { UsedBytes: { } used, LimitBytes: { } limit } && used > limit * 0.95)
        {
            yield return "memory at its limit";
        }

        if (status.PackageUpdateCutOff)
        {
            yield return "a package update was cut off: Update-AsterisellPackage undoes it";
        }

        if (status.Memory is { } memory && MemoryShortage(memory) is { } shortage)
        {
            yield return shortage;
        }

        if (status.Logs?.Unrotated.Where(log => log.SizeBytes >= LargeLogBytes).ToArray() is { Length: > 0 } logs)
        {
            yield return $"never rotated: {logs[0].Path} ({Megabytes(logs[0].SizeBytes)}){(logs.Length > 1 ? $" and {Count(logs.Length - 1, "other log")}" : "")}";
        }

        if (status.Clock is { } clock && clock.Skew.Duration() > clock.Uncertainty + SkewLimit)
        {
            yield return $"clock is {clock.Skew.Duration().TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s {(clock.Skew > TimeSpan.Zero ? "ahead" : "behind")}";
        }

        if (status.Container.Health == "unhealthy")
        {
            yield return "health check fails";
        }

        if (status.Unread.Any(part => part.Part.Split('.')[0] != nameof(InstanceStatus.Database) || status.Database is { IsReachable: true }))
        {
            string[] parts = [.. status.Unread.Select(part => part.Part.Split('.')[0]).Distinct(StringComparer.Ordinal)];
            yield return $"not read: {string.Join(", ", parts)}";
        }
    }

    /// <summary>What MariaDB may take against what there is, and the host's instances against the host.</summary>
    private static string? MemoryShortage(MemoryStatus memory)
    {
        if (memory is { DatabaseNeededBytes: { } needed, LimitBytes: { } limit } && needed > limit)
        {
            return $"MariaDB needs {Megabytes(needed)} by its settings, the container may take {Megabytes(limit)}";
        }

        return memory is { HostBytes: { } host, HostPlannedBytes: { } planned } && planned > host
            ? $"the host's instances plan with {Megabytes(planned)}, it has {Megabytes(host)}"
            : memory is { DatabaseNeededBytes: { } wanted, HostBytes: { } all } && wanted > all
                ? $"MariaDB needs {Megabytes(wanted)} by its settings, the host has {Megabytes(all)}"
                : null;
    }

    private static string Megabytes(long bytes) => $"{(bytes / (1024 * 1024)).ToString(CultureInfo.InvariantCulture)} MiB";

    /// <summary>Jobs end every few minutes while cron is free; a pass that runs may take hours and is no sign of trouble.</summary>
    private static TimeSpan? Late(InstanceStatus status, TimeSpan frequency)
    {
        if (status.Locks is not { CronLocked: false } || status.Jobs is not { IsRunning: false, LastJobEndedAt: { } end })
        {
            return null;
        }

        TimeSpan age = status.ReadAt - end;
        TimeSpan limit = TimeSpan.FromTicks(Math.Max((frequency * 3).Ticks, TimeSpan.FromMinutes(30).Ticks));
        return age > limit && status.Container.Uptime > limit ? age : null;
    }

    private static string? Backups(OwnBackupStatus backups, DateTimeOffset now)
    {
        if (backups is { Configurations.IsComplete: false } or { Reports.IsComplete: false })
        {
            return "own backup: a dump is truncated";
        }

        DateTimeOffset? oldest = backups.Configurations.FileAt < backups.Reports.FileAt ? backups.Configurations.FileAt : backups.Reports.FileAt;
        return oldest is { } at && now - at > BackupLate ? $"own backup is from {ContainerText.Ago(now - at)}" : null;
    }

    private static string Count(int number, string what) => $"{number.ToString(CultureInfo.InvariantCulture)} {what}{(number == 1 ? "" : "s")}";
}
