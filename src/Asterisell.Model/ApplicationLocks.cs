namespace Asterisell;

/// <summary>The application's two flag files and its job lock.</summary>
/// <param name="CronLocked">True when scheduled jobs do nothing.</param>
/// <param name="WebLocked">True when customers see the maintenance notice.</param>
/// <param name="JobLock">Who holds the job lock; null when nobody does.</param>
public sealed record ApplicationLocks(bool CronLocked, bool WebLocked, JobLock? JobLock);

/// <summary>The row <c>jobqueueprocessor</c> of <c>ar_lock</c>.</summary>
/// <param name="ProcessId">Process id it names, in the container.</param>
/// <param name="Since">As written: the application's local time, PHP's <c>date.timezone</c>, not UTC.</param>
/// <param name="Holder">Whether a process of that id lives, and whether it is PHP.</param>
/// <param name="ProcessName">Program that has the id now; null when none has.</param>
public sealed record JobLock(int ProcessId, DateTime? Since, JobLockHolder Holder, string? ProcessName);

/// <summary>What has the process id of a job lock.</summary>
public enum JobLockHolder
{
    /// <summary>A PHP process: a pass runs.</summary>
    Running,

    /// <summary>No process: the next pass takes the lock over.</summary>
    Dead,

    /// <summary>Another program: the application waits for ever.</summary>
    Foreign,
}
