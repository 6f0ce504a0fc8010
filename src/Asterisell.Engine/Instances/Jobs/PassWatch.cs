using System.Diagnostics;

namespace Asterisell.Engine.Instances.Jobs;

/// <summary>Watches a pass: its screen, and from time to time the rows of its jobs.</summary>
internal sealed class PassWatch(IInstance instance, PassBaseline before, DebugLog? log, IProgress<string>? progress, Action<InstanceJob>? onJob)
{
    private readonly HashSet<long> _told = [];
    private long _looked = Stopwatch.GetTimestamp();

    /// <summary>What it said so far.</summary>
    public PassOutput Output { get; } = new();

    /// <summary>Takes a piece of its output.</summary>
    /// <param name="output">Bytes.</param>
    /// <param name="lookInterval">Least time between two looks at the rows.</param>
    /// <param name="cancellation">Ends a look.</param>
    public async Task TakeAsync(ReadOnlyMemory<byte> output, TimeSpan lookInterval, CancellationToken cancellation)
    {
        if (log is not null)
        {
            await log.AddAsync(output, cancellation).ConfigureAwait(false);
        }

        if (!Output.Add(output))
        {
            return;
        }

        progress?.Report($"job {Output.Started}: {Output.Job}");
        if (onJob is not null && Stopwatch.GetElapsedTime(_looked) >= lookInterval)
        {
            await ReadJobsAsync(cancellation).ConfigureAwait(false);
            _looked = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Jobs of the pass so far; those that have ended since the last look are told.</summary>
    public async Task<IReadOnlyList<InstanceJob>> ReadJobsAsync(CancellationToken cancellation)
    {
        IReadOnlyList<InstanceJob> jobs = await before.ListJobsAsync(instance, cancellation).ConfigureAwait(false);
        foreach (InstanceJob job in jobs.Where(job => job.State is not (JobState.Waiting or JobState.Running) && _told.Add(job.Id)))
        {
            onJob?.Invoke(job);
        }

        return jobs;
    }
}
