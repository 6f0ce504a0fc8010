namespace Asterisell.Engine.Instances;

/// <summary>How much a status costs.</summary>
public sealed record StatusOptions
{
    /// <summary>Count call records instead of taking the server's estimate; reads whole tables, minutes for many millions.</summary>
    public bool Exact { get; init; }

    /// <summary>Longest wait for an instance; what it said so far is given then. Without it 30 s, and 10 minutes with <see cref="Exact"/>.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>What the inventory plans for all active instances of the host, bytes; null where that is not known.</summary>
    public long? HostPlannedBytes { get; init; }
}
