namespace Asterisell.Engine.Operations;

/// <summary>How one operation goes over many instances.</summary>
public sealed record FleetOptions
{
    /// <summary>Instances worked on at the same time, when nothing else is said.</summary>
    /// <remarks>An exec costs the host's processor far more than ours; 16 keeps two or three hosts of four cores busy.</remarks>
    public const int DefaultThrottleLimit = 16;

    /// <summary>Instances worked on at the same time.</summary>
    public int ThrottleLimit { get; init; } = DefaultThrottleLimit;

    /// <summary>
    /// Sizes of the waves, the last one repeated until all instances are done; empty for one wave of all. A wave begins when the one
    /// before has ended.
    /// </summary>
    public IReadOnlyList<BatchSize> Waves { get; init; } = [];

    /// <summary>Failures that are tolerated: with one more, nothing new is begun. Null for no limit.</summary>
    public int? MaxFailure { get; init; }

    /// <summary>Longest time for one instance; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }
}
