using System.Diagnostics;
using System.Globalization;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances.Waiting;

namespace Asterisell.Engine.Instances.Power;

/// <summary>
/// Starts, stops and restarts an instance without interrupting its jobs or its database. What was stopped stays stopped, and cron is left
/// as it was found: locked if it was locked on purpose, else open, whether or not the work succeeds.
/// </summary>
public sealed class InstancePower(IInstance instance, TimeProvider? clock = null)
{
    /// <summary>The services beside the database get at least this long, as supervisord gives each of them.</summary>
    private static readonly TimeSpan LeastRest = TimeSpan.FromSeconds(15);

    /// <summary>For putting cron back when the work was given up.</summary>
    private static readonly TimeSpan RestoreLimit = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly InstanceWaiter _waiter = new(instance);

    private AsterisellInstance Definition => instance.Definition;

    /// <summary>Starts the container and waits until the instance is healthy. <c>Unchanged</c> when it ran already.</summary>
    /// <exception cref="AsterisellException"><c>WaitTimeout</c>, <c>StartFailed</c>, <c>ContainerNotFound</c>.</exception>
    public async Task<OperationResult> StartAsync(StartOptions options, IProgress<string>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var work = new Work(Definition, "Start", _clock);
        await instance.InspectAsync(cancellation).ConfigureAwait(false);
        (bool started, string text) = await StartCoreAsync(options, progress, cancellation).ConfigureAwait(false);
        return work.End(started ? OperationStatus.Succeeded : OperationStatus.Unchanged, started ? $"Started; {text}." : $"It ran already; {text}.");
    }

    /// <summary>Waits for running jobs, ends the database, stops the container. <c>Unchanged</c> when it did not run.</summary>
    /// <exception cref="AsterisellException"><c>JobsStillRunning</c> (nothing was changed), <c>DatabaseKilled</c>, <c>DatabaseEndedDirty</c>, <c>StopRefused</c>.</exception>
    public async Task<OperationResult> StopAsync(StopOptions options, IProgress<string>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var work = new Work(Definition, "Stop", _clock);
        ContainerDetail container = await instance.InspectAsync(cancellation).ConfigureAwait(false);
        if (IsOff(container))
        {
            return work.End(OperationStatus.Unchanged, $"It did not run ({ContainerText.Describe(container, _clock.GetUtcNow())}).");
        }

        StopOutcome outcome = await StopCoreAsync(container, options, progress, cancellation).ConfigureAwait(false);
        return outcome.Flaw is null ? work.End(OperationStatus.Succeeded, $"Stopped; {outcome.Text}.") : throw outcome.Flaw;
    }

    /// <summary>
    /// Stops and starts. <c>Unchanged</c> when it did not run: what was stopped stays stopped. When the database had to be killed, the
    /// instance is started again all the same, and then the failure is told.
    /// </summary>
    /// <exception cref="AsterisellException">As <see cref="StopAsync"/> and <see cref="StartAsync"/>.</exception>
    public async Task<OperationResult> RestartAsync(
        StopOptions stop, StartOptions start, IProgress<string>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stop);
        ArgumentNullException.ThrowIfNull(start);
        var work = new Work(Definition, "Restart", _clock);
        ContainerDetail container = await instance.InspectAsync(cancellation).ConfigureAwait(false);
        if (IsOff(container))
        {
            string state = ContainerText.Describe(container, _clock.GetUtcNow());
            return work.End(OperationStatus.Unchanged, $"It did not run ({state}) and stays so. To start it: Start-AsterisellInstance {Definition}");
        }

        StopOutcome outcome = await StopCoreAsync(container, stop, progress, cancellation).ConfigureAwait(false);
        (_, string text) = await StartCoreAsync(start, progress, cancellation).ConfigureAwait(false);
        return outcome.Flaw is null ? work.End(OperationStatus.Succeeded, $"Restarted; {outcome.Text}; {text}.") : throw outcome.Flaw;
    }

    private async Task<StopOutcome> StopCoreAsync(
        ContainerDetail container, StopOptions options, IProgress<string>? progress, CancellationToken cancellation)
    {
        if (container.State == "restarting")
        {
            // It crashes over and over: there is nothing inside that could be asked.
            await instance.Docker.StopContainerAsync(Definition.ContainerName, options.Grace, cancellation).ConfigureAwait(false);
            return new StopOutcome("it was being restarted by Docker over and over, so neither jobs nor database were asked", null);
        }

        if (container.State != "running")
        {
            throw PowerErrors.StopRefused(Definition, container.State);
        }

        long start = Stopwatch.GetTimestamp();
        ApplicationLocks? before = options.SkipDrain
            ? null
            : await instance.Application.DrainJobsAsync(options.DrainLimit, progress, cancellation).ConfigureAwait(false);
        string jobs = before is null ? "jobs were not waited for" : DescribeJobs(before, Stopwatch.GetElapsedTime(start));
        var cron = new CronKeeper(instance, before);
        try
        {
            return await EndAsync(options, cron, jobs, progress, cancellation).ConfigureAwait(false);
        }
        finally
        {
            using var limit = new CancellationTokenSource(RestoreLimit);
            await cron.RestoreAsync(limit.Token).ConfigureAwait(false);
        }
    }

    private async Task<StopOutcome> EndAsync(
        StopOptions options, CronKeeper cron, string jobs, IProgress<string>? progress, CancellationToken cancellation)
    {
        progress?.Report("ending the database");
        long start = Stopwatch.GetTimestamp();
        DatabaseShutdown database = await DatabaseShutdown
            .BeginAsync(instance, options.Grace, cron.FlagToRemove, cancellation).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            if (database.End is DatabaseEnd.None or DatabaseEnd.Unwatched)
            {
                await cron.RestoreAsync(cancellation).ConfigureAwait(false);
            }

            cancellation.ThrowIfCancellationRequested();
            progress?.Report("stopping the container");

            // From here on it goes through: with its database gone, to stop is the shortest way to a sane state.
            TimeSpan rest = database.End == DatabaseEnd.Late ? TimeSpan.Zero : options.Grace > LeastRest ? options.Grace : LeastRest;
            await instance.Docker.StopContainerAsync(Definition.ContainerName, rest, CancellationToken.None).ConfigureAwait(false);
            cron.Forget();
            ContainerDetail stopped = await instance.InspectAsync(CancellationToken.None).ConfigureAwait(false);
            return Judge(database.End, took, stopped.ExitCode == 137, options.Grace, jobs);
        }
    }

    private StopOutcome Judge(DatabaseEnd end, TimeSpan took, bool killed, TimeSpan grace, string jobs)
    {
        string others = killed ? "; other services had to be killed" : "";
        return end switch
        {
            DatabaseEnd.Late => new StopOutcome("", PowerErrors.DatabaseKilled(Definition, grace)),
            DatabaseEnd.Dirty => new StopOutcome("", PowerErrors.DatabaseEndedDirty(Definition)),
            DatabaseEnd.Unwatched when killed => new StopOutcome("", PowerErrors.DatabaseKilled(Definition, grace)),
            DatabaseEnd.Unwatched => new StopOutcome($"{jobs}; the database was ended by supervisord, which does not tell how", null),
            DatabaseEnd.None => new StopOutcome($"{jobs}; no database ran{others}", null),
            _ => new StopOutcome($"{jobs}; the database ended by itself in {Seconds(took)} s{others}", null),
        };
    }

    /// <returns>Whether it had to be started, and how the instance is.</returns>
    private async Task<(bool Started, string Text)> StartCoreAsync(
        StartOptions options, IProgress<string>? progress, CancellationToken cancellation)
    {
        progress?.Report("starting the container");
        bool started = await instance.Docker.StartContainerAsync(Definition.ContainerName, cancellation).ConfigureAwait(false);
        if (options.HealthLimit is not { } limit)
        {
            return (started, "its health was not waited for");
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task<TimeSpan> healthy = _waiter.WaitAsync(WaitCondition.Healthy, limit, progress, over.Token);
        Task<int> ended = instance.Docker.Containers.WaitAsync(Definition.ContainerName, over.Token);
        try
        {
            if (await Task.WhenAny(healthy, ended).ConfigureAwait(false) == ended && ended.IsCompletedSuccessfully)
            {
                ContainerDetail container = await instance.InspectAsync(cancellation).ConfigureAwait(false);
                throw PowerErrors.StartFailed(Definition, ContainerText.ExitReason(container) ?? $"exit code {await ended.ConfigureAwait(false)}");
            }

            TimeSpan took = await healthy.ConfigureAwait(false);
            return (started, $"healthy after {Seconds(took)} s{await DescribeLockAsync(cancellation).ConfigureAwait(false)}");
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(healthy, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A lock row survives a restart, and its process id may belong to somebody else then: no job runs ever again.</summary>
    private async Task<string> DescribeLockAsync(CancellationToken cancellation)
    {
        ApplicationLocks locks = await instance.Application.GetLocksAsync(cancellation).ConfigureAwait(false);
        return locks switch
        {
            { JobLock: { Holder: JobLockHolder.Foreign } held } =>
                $"; but no job will run, because the job lock names process {held.ProcessId}, which is {held.ProcessName} now",
            { CronLocked: true } => "; cron is locked, as before",
            _ => "",
        };
    }

    private static string DescribeJobs(ApplicationLocks before, TimeSpan took) => before.JobLock switch
    {
        { Holder: JobLockHolder.Running } => $"a job pass was waited for, {Seconds(took)} s",
        { Holder: JobLockHolder.Dead } => "no job ran (the job lock was left behind by a process that is gone)",
        { Holder: JobLockHolder.Foreign } held => $"no job ran (the job lock names process {held.ProcessId}, which is {held.ProcessName})",
        _ => "no job ran",
    };

    private static bool IsOff(ContainerDetail container) => !container.IsRunning && container.State != "restarting";

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    /// <param name="Text">What was done.</param>
    /// <param name="Flaw">The container is stopped, but not as it should be.</param>
    private sealed record StopOutcome(string Text, AsterisellException? Flaw);

    private sealed class Work(AsterisellInstance instance, string operation, TimeProvider clock)
    {
        private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
        private readonly long _start = clock.GetTimestamp();

        public OperationResult End(OperationStatus status, string message) =>
            new(instance.Name, instance.HostName, operation, status, _startedAt, clock.GetElapsedTime(_start), message);
    }
}
