namespace Asterisell.Engine.Instances.Power;

/// <summary>How to start an instance.</summary>
public sealed record StartOptions
{
    /// <summary>Longest wait until services, database and web answer; null for no wait.</summary>
    public TimeSpan? HealthLimit { get; init; } = TimeSpan.FromSeconds(300);
}
