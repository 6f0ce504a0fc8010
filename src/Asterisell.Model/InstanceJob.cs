namespace Asterisell;

/// <summary>One job of a pass, as the application's queue recorded it.</summary>
/// <param name="Name">Instance.</param>
/// <param name="HostName">Docker host of the instance.</param>
/// <param name="Id">Row of <c>ar_job_queue</c>; rises with time.</param>
/// <param name="Job">PHP class.</param>
/// <param name="State">How far it is.</param>
/// <param name="CreatedAt">When it was begun or, for a job that an event asked for, queued; UTC. Null where the row's time is none.</param>
/// <param name="EndedAt">
/// When it was done or had failed, UTC; null before. The row's own column is written at every change of state, also when a job begins.
/// </param>
/// <param name="Message">What it said about itself.</param>
public sealed record InstanceJob(
    string Name, string HostName, long Id, string Job, JobState State, DateTimeOffset? CreatedAt, DateTimeOffset? EndedAt, string Message)
    : IInstanceObject
{
    /// <summary>From begin or queueing to end; whole seconds. Null while it has not ended.</summary>
    public TimeSpan? Duration => EndedAt - CreatedAt;
}

/// <summary>How far a job is.</summary>
public enum JobState
{
    /// <summary>Queued, not begun.</summary>
    Waiting = 0,

    /// <summary>Running.</summary>
    Running = 1,

    /// <summary>Done; what it did has to be judged by its results: backup jobs are done even when they failed.</summary>
    Done = 2,

    /// <summary>Failed.</summary>
    Failed = 3,

    /// <summary>Recorded as running, but nothing runs: its pass crashed. The next pass will record it as failed.</summary>
    Abandoned = 4,
}
