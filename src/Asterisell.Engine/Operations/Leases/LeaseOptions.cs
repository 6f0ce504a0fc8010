namespace Asterisell.Engine.Operations.Leases;

/// <summary>How a lease is asked for.</summary>
/// <param name="Reason">What it is wanted for, as others read it: the cmdlet. No secret.</param>
public sealed record LeaseOptions(string Reason)
{
    /// <summary>Longest wait for somebody else's; zero to fail at once. One of this very process is waited for in any case, 15 seconds.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>Where to say whom one waits for.</summary>
    public IOperationProgress? Progress { get; init; }

    /// <summary>Told when a lease that somebody left behind is taken over.</summary>
    public Func<AsterisellLease, Task>? OnTakenOver { get; init; }
}
