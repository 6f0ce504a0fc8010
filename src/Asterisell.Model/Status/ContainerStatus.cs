namespace Asterisell;

/// <summary>The Docker container of an instance.</summary>
public sealed record ContainerStatus
{
    /// <summary><c>running</c>, <c>paused</c>, <c>restarting</c>, <c>created</c>, <c>exited</c>, <c>dead</c>; <c>missing</c> where there is none.</summary>
    public required string State { get; init; }

    /// <summary>True while its program runs and is not paused.</summary>
    public bool IsRunning => State == "running";

    /// <summary>Full id; null where there is no container.</summary>
    public string? Id { get; init; }

    /// <summary>Image it was made of.</summary>
    public string? Image { get; init; }

    /// <summary>UTC; null when it never started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>UTC, by the host's clock; null while it runs and when it never ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Since it started; null while it does not run.</summary>
    public TimeSpan? Uptime { get; init; }

    /// <summary>Times that the engine restarted it by itself since it was started by somebody.</summary>
    public int RestartCount { get; init; }

    /// <summary>Health check: <c>healthy</c>, <c>unhealthy</c>, <c>starting</c>; null where the container has none (the original's has none).</summary>
    public string? Health { get; init; }

    /// <summary>Exit code of the last run; null while it runs.</summary>
    public int? ExitCode { get; init; }

    /// <summary>What the exit code means; null where it tells nothing.</summary>
    public string? ExitReason { get; init; }
}
