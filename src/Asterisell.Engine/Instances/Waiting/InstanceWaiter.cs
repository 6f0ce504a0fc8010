using System.Diagnostics;

namespace Asterisell.Engine.Instances.Waiting;

/// <summary>Waits until an instance is in a condition, and knows what is still missing when it gives up.</summary>
public sealed class InstanceWaiter(IInstance instance)
{
    /// <summary>An exec costs the host some 70 ms of processor; once a second is soon enough for an operator.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConditionProbe _probe = new(instance);

    /// <summary>Waits for <paramref name="condition"/>.</summary>
    /// <param name="condition">What is waited for.</param>
    /// <param name="limit">Longest wait; null for no limit.</param>
    /// <param name="progress">Told what is still missing.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Time it took.</returns>
    /// <exception cref="AsterisellException"><c>WaitTimeout</c>; <c>ContainerNotFound</c>.</exception>
    public async Task<TimeSpan> WaitAsync(
        WaitCondition condition, TimeSpan? limit, IProgress<string>? progress, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<string> missing = ["nothing was answered yet"];
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (limit is { } longest)
        {
            over.CancelAfter(longest);
        }

        try
        {
            while ((missing = await _probe.FindMissingAsync(condition, over.Token).ConfigureAwait(false)).Count > 0)
            {
                progress?.Report($"waiting for {condition}: {string.Join("; ", missing)}");
                await Task.Delay(Pause, over.Token).ConfigureAwait(false);
            }

            return Stopwatch.GetElapsedTime(start);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw WaitingErrors.WaitTimeout(instance.Definition, condition, limit!.Value, missing);
        }
    }
}
