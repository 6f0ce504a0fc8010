using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Asterisell.Engine.Operations;

/// <summary>Runs one operation on many instances: so many at a time, in waves, until too many have failed.</summary>
/// <param name="options">How.</param>
/// <param name="clock">Time; null for the machine's.</param>
public sealed class FleetRunner(FleetOptions options, TimeProvider? clock = null)
{
    /// <summary>What an operation may still do after its time is over, before it is left alone.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly TimeProvider clock = clock ?? TimeProvider.System;

    /// <summary>What is going on.</summary>
    public FleetProgress Progress { get; } = new();

    /// <summary>
    /// Runs <paramref name="operation"/> on each instance and gives the outcomes as they come. A failure is an outcome; what runs when the
    /// failure limit is reached goes on to its end. Cancellation waits for what runs, then throws.
    /// </summary>
    public async IAsyncEnumerable<FleetOutcome> RunAsync(
        IReadOnlyList<AsterisellInstance> instances,
        Func<AsterisellInstance, IOperationProgress, CancellationToken, Task> operation,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        Progress.Begin(instances.Count);
        var outcomes = Channel.CreateUnbounded<FleetOutcome>(new UnboundedChannelOptions { SingleReader = true });
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task running = Task.Run(() => RunWavesAsync(instances, operation, outcomes.Writer, abandoned.Token), CancellationToken.None);
        try
        {
            await foreach (FleetOutcome outcome in outcomes.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                yield return outcome;
            }

            await running.ConfigureAwait(false);
        }
        finally
        {
            await abandoned.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunWavesAsync(
        IReadOnlyList<AsterisellInstance> instances,
        Func<AsterisellInstance, IOperationProgress, CancellationToken, Task> operation,
        ChannelWriter<FleetOutcome> outcomes,
        CancellationToken cancellation)
    {
        try
        {
            foreach (IReadOnlyList<AsterisellInstance> wave in Waves.Plan(instances, options.Waves))
            {
                await RunWaveAsync(wave, operation, outcomes, cancellation).ConfigureAwait(false);
            }

            outcomes.Complete();
        }
        catch (Exception failure)
        {
            // Not handed to the channel: outcomes already there are still read, then the task itself throws.
            outcomes.Complete();
            Debug.Assert(failure is OperationCanceledException, "An operation's failure is an outcome.");
            throw;
        }
    }

    private async Task RunWaveAsync(
        IReadOnlyList<AsterisellInstance> wave,
        Func<AsterisellInstance, IOperationProgress, CancellationToken, Task> operation,
        ChannelWriter<FleetOutcome> outcomes,
        CancellationToken cancellation)
    {
        var running = new HashSet<Task<FleetOutcome>>();
        try
        {
            foreach (AsterisellInstance instance in wave)
            {
                while (running.Count >= options.ThrottleLimit)
                {
                    await EndOneAsync(running, outcomes).ConfigureAwait(false);
                }

                cancellation.ThrowIfCancellationRequested();
                if (LimitReached)
                {
                    await outcomes.WriteAsync(Skip(instance), CancellationToken.None).ConfigureAwait(false);
                    continue;
                }

                running.Add(RunOneAsync(instance, operation, cancellation));
            }

            while (running.Count > 0)
            {
                await EndOneAsync(running, outcomes).ConfigureAwait(false);
            }
        }
        finally
        {
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellation.ThrowIfCancellationRequested();
    }

    private static async Task EndOneAsync(HashSet<Task<FleetOutcome>> running, ChannelWriter<FleetOutcome> outcomes)
    {
        Task<FleetOutcome> ended = await Task.WhenAny(running).ConfigureAwait(false);
        running.Remove(ended);
        await outcomes.WriteAsync(await ended.ConfigureAwait(false), CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<FleetOutcome> RunOneAsync(
        AsterisellInstance instance,
        Func<AsterisellInstance, IOperationProgress, CancellationToken, Task> operation,
        CancellationToken cancellation)
    {
        RunningInstance running = Progress.Enter(instance);
        DateTimeOffset startedAt = clock.GetUtcNow();
        long start = clock.GetTimestamp();
        Exception? failure = null;
        try
        {
            await LimitTimeAsync(instance, token => operation(instance, running, token), cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested || error is not OperationCanceledException)
        {
            failure = error;
        }
        finally
        {
            Progress.Leave(running, failure is not null);
        }

        return new FleetOutcome(
            instance,
            failure is null ? OperationStatus.Succeeded : OperationStatus.Failed,
            failure,
            failure is null ? "" : (failure as AsterisellException)?.Reason ?? "It failed for a reason that was not foreseen.",
            startedAt,
            clock.GetElapsedTime(start));
    }

    private async Task LimitTimeAsync(AsterisellInstance instance, Func<CancellationToken, Task> operation, CancellationToken cancellation)
    {
        if (options.Timeout is not TimeSpan limit)
        {
            await operation(cancellation).ConfigureAwait(false);
            return;
        }

        using var timeOver = new CancellationTokenSource(limit, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeOver.Token);
        Task task = operation(linked.Token);
        try
        {
            await task.WaitAsync(timeOver.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (timeOver.IsCancellationRequested)
            {
                await task.WaitAsync(Grace, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (!task.IsCompleted)
            {
                Forget(task);
                cancellation.ThrowIfCancellationRequested();
                throw OperationErrors.InstanceTimedOut(instance, limit);
            }

            await task.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeOver.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw OperationErrors.InstanceTimedOut(instance, limit);
        }
    }

    private bool LimitReached => options.MaxFailure is int limit && Progress.Failed > limit;

    private FleetOutcome Skip(AsterisellInstance instance)
    {
        Progress.Leave(null, asFailure: false);
        int failed = Progress.Failed;
        string message = $"Not begun: {failed} {(failed == 1 ? "instance has" : "instances have")} failed, and {options.MaxFailure} may.";
        return new FleetOutcome(instance, OperationStatus.Skipped, null, message, clock.GetUtcNow(), TimeSpan.Zero);
    }

    /// <summary>A task left alone may still fail; nobody is left to be told.</summary>
    private static void Forget(Task task) =>
        task.ContinueWith(
            static ended => _ = ended.Exception,
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
