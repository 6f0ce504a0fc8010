namespace Asterisell;

/// <summary>What was done to the keys that may log in to an instance by SSH.</summary>
/// <param name="Name">Instance.</param>
/// <param name="HostName">Docker host of the instance.</param>
/// <param name="Operation">What was asked for.</param>
/// <param name="Status">Unchanged when it was so already.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Duration">From first to last step.</param>
/// <param name="Message">What was done, or why it failed.</param>
public sealed record SshAccessResult(
    string Name, string HostName, string Operation, OperationStatus Status, DateTimeOffset StartedAt, TimeSpan Duration, string Message)
    : OperationResult(Name, HostName, Operation, Status, StartedAt, Duration, Message)
{
    /// <summary>Fingerprints of the keys that were asked for.</summary>
    public IReadOnlyList<string> Fingerprint { get; init; } = [];

    /// <summary>Keys that may log in now.</summary>
    public int GrantedKeys { get; init; }
}
