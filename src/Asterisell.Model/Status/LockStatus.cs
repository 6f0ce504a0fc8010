namespace Asterisell;

/// <summary>The application's locks.</summary>
public sealed record LockStatus
{
    /// <summary>True when scheduled jobs do nothing.</summary>
    public bool CronLocked { get; init; }

    /// <summary>True when customers see the maintenance notice.</summary>
    public bool WebLocked { get; init; }

    /// <summary>True when a pass, or another command of the application, holds the job lock.</summary>
    public bool JobLocked => JobLock is not null;

    /// <summary>Who holds the job lock; null when nobody does, or when the database could not be asked.</summary>
    public JobLock? JobLock { get; init; }

    /// <summary>Since when the job lock is held, UTC; null when nobody holds it.</summary>
    public DateTimeOffset? JobLockSince { get; init; }

    /// <summary>True when the holder of the job lock is dead or another program. A dead one is taken over; another program blocks for ever.</summary>
    public bool IsStale => JobLock is { Holder: not JobLockHolder.Running };
}
