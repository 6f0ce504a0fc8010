namespace Asterisell;

/// <summary>One job pass and what came of each of its jobs.</summary>
/// <param name="Name">Instance.</param>
/// <param name="HostName">Docker host of the instance.</param>
/// <param name="Operation">What was asked for.</param>
/// <param name="Status">
/// Failed when a job failed, was interrupted, or none ran; Skipped when nothing was begun because another pass held the job lock.
/// </param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Duration">From first to last step.</param>
/// <param name="Message">How it went in one sentence.</param>
public sealed record JobRun(
    string Name, string HostName, string Operation, OperationStatus Status, DateTimeOffset StartedAt, TimeSpan Duration, string Message)
    : OperationResult(Name, HostName, Operation, Status, StartedAt, Duration, Message)
{
    /// <summary>Jobs of the pass, in the order in which they ran.</summary>
    public IReadOnlyList<InstanceJob> Jobs { get; init; } = [];

    /// <summary>Those that failed, or were interrupted because PHP ended.</summary>
    public IReadOnlyList<InstanceJob> FailedJobs => [.. Jobs.Where(job => job.State is JobState.Failed or JobState.Abandoned)];

    /// <summary>Problems that the pass reported: new ones, and old ones that it found again.</summary>
    public IReadOnlyList<InstanceProblem> Problems { get; init; } = [];

    /// <summary>"Not before" stamps that were removed first, so that every job is due; null where that was not asked for.</summary>
    public int? RemovedStamps { get; init; }

    /// <summary>A stale job lock that was removed first; null where there was none.</summary>
    public StaleLock? ClearedLock { get; init; }

    /// <summary>Exit code of the application, which is 0 also when jobs failed; null where it did not come to one.</summary>
    public int? ExitCode { get; init; }

    /// <summary>File with the debug log, on this machine; null where none was asked for.</summary>
    public string? LogPath { get; init; }
}
