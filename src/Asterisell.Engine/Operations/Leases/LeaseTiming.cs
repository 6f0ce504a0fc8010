namespace Asterisell.Engine.Operations.Leases;

/// <summary>How long things about a lease take.</summary>
internal sealed record LeaseTiming
{
    /// <summary>Between two signs of life.</summary>
    public TimeSpan SignInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Silence, by the clock of the Docker host, after which a lease is abandoned.</summary>
    public TimeSpan AbandonedAfter { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>
    /// Silence, by the holder's own clock, after which it no longer believes in its lease: sooner than others may take it, so that both never
    /// work at the same time.
    /// </summary>
    public TimeSpan LostAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Age of a claim to an abandoned lease after which the claimant counts as dead too.</summary>
    public TimeSpan ClaimLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Least wait for a lease of this very process: an operation that was stopped a moment ago cleans up behind the operator's back.
    /// </summary>
    public TimeSpan OwnWait { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Between two looks at a lease that is waited for.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(500);
}
