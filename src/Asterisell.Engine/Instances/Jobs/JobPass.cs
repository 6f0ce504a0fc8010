using System.Diagnostics;

namespace Asterisell.Engine.Instances.Jobs;

/// <summary>Runs one job pass and judges it by what it left behind.</summary>
/// <remarks>
/// The application exits with 0 when jobs failed, when another pass holds the lock and nothing ran, and when pending upgrade jobs kept all
/// of them from running. So the rows of the queue and the problems are read.
/// </remarks>
public sealed class JobPass(IInstance instance, TimeProvider? clock = null)
{
    private const string RemoveStamps = "DELETE FROM ar_lock WHERE name <> @lock";

    private const string RemoveStamp = "DELETE FROM ar_lock WHERE name = @name";

    /// <summary>Least time between two looks at the rows while a pass runs: a look costs the instance some tenths of a second.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(3);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    private AsterisellInstance Definition => instance.Definition;

    /// <summary>Runs a pass, also while scheduled jobs are disabled, and waits for its end.</summary>
    /// <param name="options">How.</param>
    /// <param name="progress">The job that it has come to.</param>
    /// <param name="onJob">Takes each job when it has ended.</param>
    /// <param name="cancellation">Ends the waiting; the pass goes on.</param>
    /// <exception cref="JobRunException">
    /// <c>JobsAlreadyRunning</c> (nothing was begun), <c>JobsFailed</c>, <c>PassNotEnded</c> (it goes on).
    /// </exception>
    /// <exception cref="AsterisellException"><c>PassNotStarted</c>, <c>LogNotWritten</c>, and those of the database.</exception>
    public async Task<JobRun> RunAsync(JobPassOptions options, IProgress<string>? progress, Action<InstanceJob>? onJob, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        DateTimeOffset startedAt = _clock.GetUtcNow();
        long start = Stopwatch.GetTimestamp();
        JobRun End(JobRun run, OperationStatus status, string message) => run with
        {
            Status = status, Message = message, StartedAt = startedAt, Duration = Stopwatch.GetElapsedTime(start),
        };

        var run = new JobRun(Definition.Name, Definition.HostName, "InvokeJob", OperationStatus.Failed, startedAt, TimeSpan.Zero, "");
        progress?.Report("looking at the job lock");
        await RefuseIfBusyAsync(message => End(run, OperationStatus.Skipped, message), cancellation).ConfigureAwait(false);
        run = run with { ClearedLock = await instance.Application.ClearStaleLockAsync(cancellation).ConfigureAwait(false) };
        PassBaseline before = await PassBaseline.ReadAsync(instance, cancellation).ConfigureAwait(false);
        if (options.Force)
        {
            var values = new Dictionary<string, object?> { ["lock"] = LockReader.JobLockName };
            run = run with { RemovedStamps = (int)await instance.Database.ExecuteAsync(RemoveStamps, values, cancellation).ConfigureAwait(false) };
        }
        else if (options.ForcedJobs.Count > 0)
        {
            (string, IReadOnlyDictionary<string, object?>?)[] removals =
                [.. options.ForcedJobs.Select(job => (RemoveStamp, (IReadOnlyDictionary<string, object?>?)new Dictionary<string, object?> { ["name"] = job }))];
            run = run with { RemovedStamps = (int)(await instance.Database.TransactAsync(removals, cancellation).ConfigureAwait(false)).Sum() };
        }

        DebugLog? log = options.DebugLogFolder is { } folder ? DebugLog.Create(Definition, folder, startedAt) : null;
        try
        {
            run = run with { LogPath = log?.Path };
            PassProcess process = await PassProcess.StartAsync(instance, log is null ? ["run", "jobs"] : ["debug", "jobs"], cancellation).ConfigureAwait(false);
            var watch = new PassWatch(instance, before, log, progress, onJob);
            if (await WaitAsync(watch, process, options.Limit, cancellation).ConfigureAwait(false) is not { } exitCode)
            {
                string at = watch.Output.Job is null ? "" : $", now at {watch.Output.Job}";
                throw JobErrors.PassNotEnded(Definition, End(run, OperationStatus.Failed, $"the pass did not end within {options.Limit!.Value.TotalSeconds:0.###} s and goes on{at}."));
            }

            if (log is not null)
            {
                await log.AddOwnLogAsync(process, cancellation).ConfigureAwait(false);
            }

            run = run with
            {
                ExitCode = exitCode,
                Jobs = await watch.ReadJobsAsync(cancellation).ConfigureAwait(false),
                Problems = await before.ListProblemsAsync(instance, cancellation).ConfigureAwait(false),
            };
            if (watch.Output.WasBusy && run.Jobs.Count == 0)
            {
                await RefuseIfBusyAsync(message => End(run, OperationStatus.Skipped, message), cancellation).ConfigureAwait(false);
                throw JobErrors.JobsAlreadyRunning(Definition, End(run, OperationStatus.Skipped, "nothing was run: another pass held the job lock, and has ended by now."));
            }

            return PassVerdict.FindFailure(run, watch.Output) is { } failure
                ? throw JobErrors.JobsFailed(Definition, End(run, OperationStatus.Failed, failure))
                : End(run, OperationStatus.Succeeded, PassVerdict.Describe(run));
        }
        finally
        {
            if (log is not null)
            {
                await log.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task RefuseIfBusyAsync(Func<string, JobRun> end, CancellationToken cancellation)
    {
        ApplicationActivity activity = await instance.Application.GetActivityAsync(cancellation).ConfigureAwait(false);
        if (activity.Unread is not null)
        {
            throw activity.Unread;
        }

        if (activity.IsBusy)
        {
            throw JobErrors.JobsAlreadyRunning(Definition, end($"nothing was run: the application is busy with {activity.Describe()}."));
        }
    }

    /// <returns>The exit code; null when the time was over before.</returns>
    private static async Task<int?> WaitAsync(PassWatch watch, PassProcess process, TimeSpan? limit, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (limit is { } time)
        {
            over.CancelAfter(time);
        }

        try
        {
            return await process.FollowAsync(output => watch.TakeAsync(output, LookInterval, over.Token), over.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
