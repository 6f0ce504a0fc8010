using System.Globalization;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>
/// Starts, stops and restarts an instance without losing what it works on: jobs end first, MariaDB writes out its memory, and cron is
/// left as it was found. What was stopped stays stopped.
/// </summary>
public sealed class InstancePower
{
    /// <summary>Exit code of a container that had to be killed.</summary>
    private const int Killed = 137;

    private static readonly TimeSpan RestoreLimit = TimeSpan.FromSeconds(15);

    private readonly IInstance _instance;
    private readonly InstanceWaiter _waiter;
    private readonly TimeProvider _clock;

    internal InstancePower(IInstance instance, InstanceWaiter waiter, TimeProvider clock) => (_instance, _waiter, _clock) = (instance, waiter, clock);

    /// <summary>Starts the container and waits until the instance works.</summary>
    /// <exception cref="AsterisellException">It does not exist, does not start, or is not well in time.</exception>
    public async Task<OperationResult> StartAsync(PowerOptions options, IProgress<string>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var result = new ResultMaker(_instance.Definition, "Start", _clock);
        ContainerDetail container = await _instance.InspectAsync(cancellation).ConfigureAwait(false);
        if (container.State == "paused")
        {
            throw InstanceErrors.InstanceNotRunning(_instance.Definition, container, _clock.GetUtcNow());
        }

        progress?.Report("starts the container");
        bool started = await _instance.Docker.StartContainerAsync(_instance.Definition.ContainerName, cancellation).ConfigureAwait(false);
        TimeSpan took = await _waiter.WaitAsync(options.WaitFor, options.StartLimit, progress, cancellation).ConfigureAwait(false);
        return started
            ? result.Make(OperationStatus.Succeeded, $"{Words(options.WaitFor)} after {Seconds(took)} s")
            : result.Make(OperationStatus.Unchanged, "it ran already");
    }

    /// <summary>Stops the container: jobs, then MariaDB, then the rest.</summary>
    /// <exception cref="AsterisellException">
    /// Jobs or MariaDB do not end in time; then nothing was killed, and cron is as it was. <c>ContainerKilled</c> when the rest did not end.
    /// </exception>
    public async Task<OperationResult> StopAsync(PowerOptions options, IProgress<string>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var result = new ResultMaker(_instance.Definition, "Stop", _clock);
        ContainerDetail container = await _instance.InspectAsync(cancellation).ConfigureAwait(false);
        return container.IsRunning
            ? result.Make(OperationStatus.Succeeded, await StopRunningAsync(container, options, progress, cancellation).ConfigureAwait(false))
            : result.Make(OperationStatus.Unchanged, $"it did not run ({ContainerText.Describe(container, _clock.GetUtcNow())})");
    }

    /// <summary>Stops and starts an instance that runs; one that does not run stays as it is.</summary>
    /// <exception cref="AsterisellException">As for the two.</exception>
    public async Task<OperationResult> RestartAsync(PowerOptions options, IProgress<string>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var result = new ResultMaker(_instance.Definition, "Restart", _clock);
        OperationResult stop = await StopAsync(options, progress, cancellation).ConfigureAwait(false);
        if (stop.Status == OperationStatus.Unchanged)
        {
            return result.Make(OperationStatus.Unchanged, $"{stop.Message}; what was stopped stays stopped");
        }

        OperationResult start = await StartAsync(options, progress, cancellation).ConfigureAwait(false);
        return result.Make(OperationStatus.Succeeded, $"{stop.Message}; {start.Message}");
    }

    private async Task<string> StopRunningAsync(
        ContainerDetail container, PowerOptions options, IProgress<string>? progress, CancellationToken cancellation)
    {
        if (container.State == "paused")
        {
            throw InstanceErrors.InstanceNotRunning(_instance.Definition, container, _clock.GetUtcNow());
        }

        ApplicationLocks? before = await DrainAsync(options, progress, cancellation).ConfigureAwait(false);
        bool unlocked = false;
        TimeSpan database;
        try
        {
            progress?.Report("waits for MariaDB to write out its memory");
            database = await EndDatabaseAsync(before is { CronLocked: false }, options.DatabaseLimit, cancellation).ConfigureAwait(false);
            unlocked = true;
        }
        finally
        {
            if (!unlocked && before is not null)
            {
                await RestoreAsync(before).ConfigureAwait(false);
            }
        }

        progress?.Report("stops the container");
        await _instance.Docker.StopContainerAsync(container.Id, options.StopLimit, cancellation).ConfigureAwait(false);
        ContainerDetail after = await _instance.InspectAsync(cancellation).ConfigureAwait(false);
        return after switch
        {
            { IsRunning: true } => throw InstanceErrors.ContainerRunsAgain(_instance.Definition),
            { ExitCode: Killed } => throw InstanceErrors.ContainerKilled(_instance.Definition, options.StopLimit),
            _ => $"stopped; MariaDB ended cleanly in {Seconds(database)} s",
        };
    }

    /// <returns>State before; null where there is nothing to drain: not wanted, or no application.</returns>
    private async Task<ApplicationLocks?> DrainAsync(PowerOptions options, IProgress<string>? progress, CancellationToken cancellation)
    {
        if (!options.DrainJobs)
        {
            return null;
        }

        try
        {
            progress?.Report("waits for running jobs");
            return await _instance.Application.DrainJobsAsync(options.DrainLimit, progress, cancellation).ConfigureAwait(false);
        }
        catch (AsterisellException failure) when (failure.ErrorId == nameof(InstanceErrors.ApplicationNotInstalled))
        {
            return null;
        }
    }

    private async Task<TimeSpan> EndDatabaseAsync(bool unlock, TimeSpan limit, CancellationToken cancellation)
    {
        string tenths = ((long)(limit.TotalSeconds * 10)).ToString(CultureInfo.InvariantCulture);
        InstanceCommand command = Bash.Command(PowerScripts.EndDatabase, _instance.Definition.AdminDirectory, tenths, unlock ? "unlock" : "keep");
        CommandOutcome outcome = await _instance.Exec.RunAsync(command, cancellation).ConfigureAwait(false);
        return outcome.ExitCode switch
        {
            0 when int.TryParse(outcome.OutputText.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int spent) => TimeSpan.FromSeconds(spent / 10.0),
            PowerScripts.DatabaseStillRuns => throw InstanceErrors.DatabaseStillRunning(_instance.Definition, limit),
            _ => throw InstanceErrors.ScriptFailed(_instance.Definition, "ending MariaDB", outcome.ExitCode, outcome.ErrorText),
        };
    }

    /// <summary>After a failure: it must not be cut short by the cancellation that was the failure.</summary>
    private async Task RestoreAsync(ApplicationLocks before)
    {
        using var limit = new CancellationTokenSource(RestoreLimit);
        await _instance.Application.RestoreCronAsync(before, limit.Token).ConfigureAwait(false);
    }

    private static string Words(WaitCondition condition) => condition switch
    {
        WaitCondition.Healthy => "works",
        WaitCondition.JobsIdle => "works, no job runs",
        _ => "runs",
    };

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    private sealed class ResultMaker(AsterisellInstance instance, string operation, TimeProvider clock)
    {
        private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
        private readonly long _started = clock.GetTimestamp();

        public OperationResult Make(OperationStatus status, string message) =>
            new(instance.Name, instance.HostName, operation, status, _startedAt, clock.GetElapsedTime(_started), message);
    }
}
