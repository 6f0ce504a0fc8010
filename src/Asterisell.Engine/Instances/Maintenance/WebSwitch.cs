using Asterisell.Engine.Instances.Web;

namespace Asterisell.Engine.Instances.Maintenance;

/// <summary>Keeps customers out of the web application, and lets them in again; each is checked by asking the page.</summary>
/// <remarks>
/// The administrators' application is never closed. Every command that clones the application for the customers (<c>silently-activate</c>
/// and others of an update) deletes the lock, because the clone does not know the file.
/// </remarks>
public sealed class WebSwitch(IInstance instance, TimeProvider? clock = null)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>The page obeys the file at once; a web server that is just starting needs a while.</summary>
    private static readonly TimeSpan PageLimit = TimeSpan.FromSeconds(10);

    /// <summary>Commands that clone the application, and thereby delete the lock; read in the original's code.</summary>
    private static readonly string[] Cloning = ["silently-activate", "activate", "install-views-and-procedures", "install", "install-demo", "data restore"];

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly CustomerPage _page = new(instance);

    /// <summary>
    /// Closes the customers' application and returns when its page says so. While a command runs that deletes the lock, it is waited for,
    /// and the lock is set again.
    /// </summary>
    /// <exception cref="AsterisellException"><c>WebNotDisabled</c>, <c>WebLockNotSet</c>.</exception>
    public async Task<LockResult> DisableAsync(IProgress<string>? progress, CancellationToken cancellation)
    {
        var work = new LockWork(instance.Definition, "DisableWeb", _clock);
        ApplicationActivity activity = await instance.Application.GetActivityAsync(cancellation).ConfigureAwait(false);
        ApplicationLocks before = activity.Locks;
        bool wasLocked = await instance.Application.SetWebLockAsync(true, cancellation).ConfigureAwait(false);
        int lost = 0;
        while (FindCloning(activity) is { } command)
        {
            progress?.Report($"waits for {command}, which deletes the lock");
            await Task.Delay(PollInterval, _clock, cancellation).ConfigureAwait(false);
            lost += await instance.Application.SetWebLockAsync(true, cancellation).ConfigureAwait(false) ? 0 : 1;
            activity = await instance.Application.GetActivityAsync(cancellation).ConfigureAwait(false);
        }

        progress?.Report("asking the customers' page");
        long start = _clock.GetTimestamp();
        WebAnswer answer = await _page.AskAsync(cancellation).ConfigureAwait(false);
        while (answer is { Answers: true, ShowsMaintenance: false })
        {
            if (_clock.GetElapsedTime(start) > PageLimit)
            {
                throw MaintenanceErrors.WebNotDisabled(instance.Definition, lost == 0
                    ? "the lock is set, but the page shows no notice"
                    : $"something deleted the lock {lost} times within {PageLimit.TotalSeconds} s");
            }

            lost += await instance.Application.SetWebLockAsync(true, cancellation).ConfigureAwait(false) ? 0 : 1;
            await Task.Delay(PollInterval, _clock, cancellation).ConfigureAwait(false);
            answer = await _page.AskAsync(cancellation).ConfigureAwait(false);
        }

        lost += await instance.Application.SetWebLockAsync(true, cancellation).ConfigureAwait(false) ? 0 : 1;
        ApplicationLocks after = (await instance.Application.GetActivityAsync(cancellation).ConfigureAwait(false)).Locks;
        if (!after.WebLocked)
        {
            throw MaintenanceErrors.WebNotDisabled(instance.Definition, "something deletes the lock as soon as it is set");
        }

        string message = wasLocked ? "Customers were kept out already" : "Customers are kept out";
        message += answer.Answers ? ", their page says so" : $"; their page cannot be asked: {answer.Remark}";
        message += lost == 0 ? "." : $". The lock was deleted {Times(lost)} and set again.";
        return work.End(!wasLocked || lost > 0, message, before with { WebLocked = wasLocked }, after);
    }

    /// <summary>Opens the customers' application and returns when its page answers without the notice.</summary>
    /// <exception cref="AsterisellException"><c>WebNotEnabled</c> (the lock is removed all the same), <c>WebLockNotSet</c>.</exception>
    public async Task<LockResult> EnableAsync(IProgress<string>? progress, CancellationToken cancellation)
    {
        var work = new LockWork(instance.Definition, "EnableWeb", _clock);
        ApplicationLocks before = (await instance.Application.GetActivityAsync(cancellation).ConfigureAwait(false)).Locks;
        bool wasLocked = await instance.Application.SetWebLockAsync(false, cancellation).ConfigureAwait(false);
        progress?.Report("asking the customers' page");
        long start = _clock.GetTimestamp();
        WebAnswer answer = await _page.AskAsync(cancellation).ConfigureAwait(false);
        while (!answer.Answers || answer.ShowsMaintenance)
        {
            if (_clock.GetElapsedTime(start) > PageLimit)
            {
                throw MaintenanceErrors.WebNotEnabled(
                    instance.Definition, answer.Answers ? "their page still shows the notice" : $"their page does not work: {answer.Remark}");
            }

            await Task.Delay(PollInterval, _clock, cancellation).ConfigureAwait(false);
            answer = await _page.AskAsync(cancellation).ConfigureAwait(false);
        }

        ApplicationLocks after = (await instance.Application.GetActivityAsync(cancellation).ConfigureAwait(false)).Locks;
        return work.End(
            wasLocked, wasLocked ? "Customers are let in, their page answers." : "Customers were let in already, their page answers.",
            before with { WebLocked = wasLocked }, after);
    }

    private static string? FindCloning(ApplicationActivity activity) =>
        activity.Processes.FirstOrDefault(process => Cloning.Any(word => process.Contains($"asterisell.php {word}", StringComparison.Ordinal)));

    private static string Times(int count) => count == 1 ? "once" : $"{count} times";
}
