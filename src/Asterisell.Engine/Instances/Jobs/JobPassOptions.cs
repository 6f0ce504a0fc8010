namespace Asterisell.Engine.Instances.Jobs;

/// <summary>How a pass is run.</summary>
public sealed record JobPassOptions
{
    /// <summary>Removes the "not before" stamps first, so that every job is due, also the daily ones.</summary>
    public bool Force { get; init; }

    /// <summary>Jobs whose "not before" stamps are removed first, so that these are due; <see cref="Force"/> says all.</summary>
    public IReadOnlyList<string> ForcedJobs { get; init; } = [];

    /// <summary>Folder on this machine for the log of a pass in the application's debug mode; null for a usual pass.</summary>
    public string? DebugLogFolder { get; init; }

    /// <summary>Longest wait for the pass; null for none. The pass goes on when it is over.</summary>
    public TimeSpan? Limit { get; init; }
}
