using System.Globalization;

namespace Asterisell.Engine.Instances;

/// <summary>What runs of the application at one moment, and which of its locks are set.</summary>
/// <param name="Locks">Flag files and job lock.</param>
/// <param name="Processes">Command lines of the application that are running.</param>
public sealed record ApplicationActivity(ApplicationLocks Locks, IReadOnlyList<string> Processes)
{
    /// <summary>Name of the job that the pass has come to; null where none is marked as running.</summary>
    public string? RunningJob { get; init; }

    /// <summary>Since when the job lock is held, UTC; null where nobody holds it, or where PHP's time zone is not known here.</summary>
    public DateTimeOffset? LockedSince { get; init; }

    /// <summary>What the row of the job lock names as its holder, as it stands there; null where there is no row.</summary>
    internal string? LockInfo { get; init; }

    /// <summary>Why the job lock could not be read, and <see cref="ApplicationLocks.JobLock"/> tells nothing; null where it could.</summary>
    public AsterisellException? Unread { get; init; }

    /// <summary>True while a pass runs, or a command that could begin one: it has looked at the cron lock before it was there.</summary>
    public bool IsBusy => Processes.Count > 0 || Locks.JobLock is { Holder: JobLockHolder.Running };

    /// <summary>
    /// True when the holder of the job lock is dead or another program. The application takes the lock of a dead one over, unless the row
    /// names no process at all, and waits for ever for another program.
    /// </summary>
    public bool IsStale => Locks.JobLock is { Holder: not JobLockHolder.Running };

    /// <summary>What runs, in the words of an operator: <c>php asterisell.php run jobs (now at ManageRateEvent, since 2026-11-23 02:10:11 UTC)</c>.</summary>
    public string Describe()
    {
        string what = Processes.Count > 0 ? string.Join(", ", Processes) : $"process {Locks.JobLock!.ProcessId}";
        string?[] more = [RunningJob is null ? null : $"now at {RunningJob}", Since()];
        string details = string.Join(", ", more.OfType<string>());
        return details.Length == 0 ? what : $"{what} ({details})";
    }

    private string? Since() => Locks.JobLock is { Holder: JobLockHolder.Running } && LockedSince is { } since
        ? since.ToString("'since 'yyyy-MM-dd HH:mm:ss' UTC'", CultureInfo.InvariantCulture)
        : null;
}
