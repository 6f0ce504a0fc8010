namespace Asterisell.Engine.Instances.Maintenance;

/// <summary>Keeps scheduled jobs from starting, and lets them start again.</summary>
public sealed class JobSwitch(IInstance instance, TimeProvider? clock = null)
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>Locks cron. With <paramref name="wait"/> it returns when nothing of the application runs any more.</summary>
    /// <param name="wait">
    /// Waits, as <c>cron disable-for-upgrade</c> does, but without its limit of 100 s. When the wait is given up, cron is as it was before.
    /// </param>
    /// <param name="limit">Longest wait; null for none.</param>
    /// <param name="progress">What is waited for.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="AsterisellException"><c>JobsStillRunning</c>, <c>CronNotLocked</c>, <c>LockChangedMeanwhile</c>.</exception>
    public async Task<LockResult> DisableAsync(bool wait, TimeSpan? limit, IProgress<string>? progress, CancellationToken cancellation)
    {
        var work = new LockWork(instance.Definition, "DisableJob", _clock);
        ApplicationActivity before = await instance.Application.GetActivityAsync(cancellation).ConfigureAwait(false);
        bool waited = wait && before.IsBusy;
        bool wasLocked = wait
            ? (await instance.Application.DrainJobsAsync(limit ?? TimeSpan.MaxValue, progress, cancellation).ConfigureAwait(false)).CronLocked
            : await instance.Application.SetCronLockAsync(true, cancellation).ConfigureAwait(false);
        StaleLock? stale = await instance.Application.ClearStaleLockAsync(cancellation).ConfigureAwait(false);
        ApplicationActivity after = await instance.Application.GetActivityAsync(cancellation).ConfigureAwait(false);
        if (!after.Locks.CronLocked)
        {
            throw MaintenanceErrors.LockChangedMeanwhile(instance.Definition, "jobs", locked: true);
        }

        string said = Say(
            wasLocked ? "Scheduled jobs were disabled already" : "Scheduled jobs are disabled",
            waited ? $"{before.Describe()} was waited for" : null,
            after.IsBusy ? $"still running: {after.Describe()}; -Wait waits for it" : null,
            stale?.ToString(),
            DescribeUnread(after));
        return work.End(!wasLocked || waited || stale is not null, said, before.Locks with { CronLocked = wasLocked }, after.Locks) with { ClearedLock = stale };
    }

    /// <summary>Unlocks cron, and removes a stale job lock, which would keep jobs from running all the same.</summary>
    /// <exception cref="AsterisellException"><c>CronNotUnlocked</c>, <c>LockChangedMeanwhile</c>.</exception>
    public async Task<LockResult> EnableAsync(IProgress<string>? progress, CancellationToken cancellation)
    {
        var work = new LockWork(instance.Definition, "EnableJob", _clock);
        progress?.Report("unlocking cron");
        ApplicationActivity before = await instance.Application.GetActivityAsync(cancellation).ConfigureAwait(false);
        bool wasLocked = await instance.Application.SetCronLockAsync(false, cancellation).ConfigureAwait(false);
        StaleLock? stale = await instance.Application.ClearStaleLockAsync(cancellation).ConfigureAwait(false);
        ApplicationActivity after = await instance.Application.GetActivityAsync(cancellation).ConfigureAwait(false);
        if (after.Locks.CronLocked)
        {
            throw MaintenanceErrors.LockChangedMeanwhile(instance.Definition, "jobs", locked: false);
        }

        string said = Say(wasLocked ? "Scheduled jobs are enabled" : "Scheduled jobs were enabled already", stale?.ToString(), DescribeUnread(after));
        return work.End(wasLocked || stale is not null, said, before.Locks with { CronLocked = wasLocked }, after.Locks) with { ClearedLock = stale };
    }

    private static string? DescribeUnread(ApplicationActivity activity) =>
        activity.Unread is { } why ? $"the job lock could not be read: {why.Reason.TrimEnd('.')}" : null;

    private static string Say(params string?[] parts) => string.Join("; ", parts.OfType<string>()) + ".";
}
