namespace Asterisell.Engine.Instances;

/// <summary>The application's own command line and locks. Its zero exits lie, so every member judges by what was left behind.</summary>
public interface IApplication
{
    /// <summary>Runs <c>php asterisell.php</c> in the admin directory, its prompts answered line by line.</summary>
    Task<ApplicationRun> RunAsync(IReadOnlyList<string> arguments, IReadOnlyList<string> answers, TimeSpan? timeout, CancellationToken cancellation);

    /// <summary>The two flag files and the job lock as they are now.</summary>
    Task<ApplicationLocks> GetLocksAsync(CancellationToken cancellation);

    /// <summary>What runs of the application, with its locks. Works also while the database is down, see <see cref="ApplicationActivity.Unread"/>.</summary>
    Task<ApplicationActivity> GetActivityAsync(CancellationToken cancellation);

    /// <summary>
    /// Removes the row of the job lock when its holder is dead or is another program by now. A pass that takes it meanwhile keeps it.
    /// </summary>
    /// <returns>What was removed; null where there was nothing to remove.</returns>
    Task<StaleLock?> ClearStaleLockAsync(CancellationToken cancellation);

    /// <summary>Creates or removes the cron lock, without waiting for what runs.</summary>
    /// <returns>True when it was locked before.</returns>
    Task<bool> SetCronLockAsync(bool locked, CancellationToken cancellation);

    /// <summary>Creates or removes the web lock. The application's own command first takes the job lock; the file alone is what counts.</summary>
    /// <returns>True when it was locked before.</returns>
    Task<bool> SetWebLockAsync(bool locked, CancellationToken cancellation);

    /// <summary>What runs of the application: a job pass, or any other of its commands. Null when nothing does.</summary>
    Task<string?> DescribeActivityAsync(CancellationToken cancellation);

    /// <summary>
    /// Waits until no job pass runs and leaves cron locked (as <c>cron disable-for-upgrade</c> does, without its limit of 100 s).
    /// </summary>
    /// <returns>The state before, for <see cref="RestoreCronAsync"/>.</returns>
    Task<ApplicationLocks> DrainJobsAsync(TimeSpan limit, IProgress<string>? progress, CancellationToken cancellation);

    /// <summary>Puts cron back to what it was: a lock that was there before stays.</summary>
    Task RestoreCronAsync(ApplicationLocks before, CancellationToken cancellation);
}
