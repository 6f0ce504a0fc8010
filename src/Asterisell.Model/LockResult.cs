namespace Asterisell;

/// <summary>What was done to the application's locks of an instance.</summary>
/// <param name="Name">Instance.</param>
/// <param name="HostName">Docker host of the instance.</param>
/// <param name="Operation">What was asked for.</param>
/// <param name="Status">Unchanged when it was so already.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Duration">From first to last step.</param>
/// <param name="Message">What was done, or why it failed.</param>
public sealed record LockResult(
    string Name, string HostName, string Operation, OperationStatus Status, DateTimeOffset StartedAt, TimeSpan Duration, string Message)
    : OperationResult(Name, HostName, Operation, Status, StartedAt, Duration, Message)
{
    /// <summary>Locks before; null where they could not be read.</summary>
    public ApplicationLocks? Before { get; init; }

    /// <summary>Locks after; null where it did not come to that.</summary>
    public ApplicationLocks? After { get; init; }

    /// <summary>A stale job lock that was removed; null where there was none.</summary>
    public StaleLock? ClearedLock { get; init; }
}
