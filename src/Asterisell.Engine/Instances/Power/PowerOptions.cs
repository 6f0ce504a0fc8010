namespace Asterisell.Engine.Instances;

/// <summary>How carefully an instance is stopped and started.</summary>
public sealed record PowerOptions
{
    /// <summary>Wait for running jobs to end. Without it they are killed: a rating pass then begins anew, and its lock is left behind.</summary>
    public bool DrainJobs { get; init; } = true;

    /// <summary>Longest wait for running jobs. Rating the calls of months takes hours.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Longest wait for MariaDB to write out what it holds in memory and to end. Supervisord would kill it after 10 s, Docker too.
    /// </summary>
    public TimeSpan DatabaseLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest wait for the rest of the container to end before it is killed; MariaDB has ended by then.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What a start waits for.</summary>
    public WaitCondition WaitFor { get; init; } = WaitCondition.Healthy;

    /// <summary>Longest wait for that.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromMinutes(5);
}
