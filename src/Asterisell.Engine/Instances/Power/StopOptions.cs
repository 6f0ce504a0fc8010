namespace Asterisell.Engine.Instances.Power;

/// <summary>How to stop an instance.</summary>
public sealed record StopOptions
{
    /// <summary>Longest wait for a running job pass to end.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>Do not wait for jobs: a pass is interrupted, and the next one reports it as a critical problem.</summary>
    public bool SkipDrain { get; init; }

    /// <summary>Time for the database to end, then for the rest; what has not ended is killed.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(300);
}
