namespace Asterisell;

/// <summary>Job passes of an instance.</summary>
public sealed record JobStatus
{
    /// <summary>True while a pass runs: its rows say so, and the holder of the lock lives.</summary>
    public bool IsRunning { get; init; }

    /// <summary>Job that the running pass has come to; null while none runs.</summary>
    public string? RunningJob { get; init; }

    /// <summary>Start of the running pass, UTC; null while none runs.</summary>
    public DateTimeOffset? RunningSince { get; init; }

    /// <summary>Jobs marked as running although no pass runs: a pass crashed, and the next one will mark them as failed.</summary>
    public int AbandonedJobs { get; init; }

    /// <summary>End of the last job that ended, UTC; null when none ever did.</summary>
    public DateTimeOffset? LastJobEndedAt { get; init; }

    /// <summary>Jobs that failed in the last 24 hours.</summary>
    public int FailedLastDay { get; init; }

    /// <summary>Names of those jobs, each once.</summary>
    public IReadOnlyList<string> FailedJobs { get; init; } = [];
}
