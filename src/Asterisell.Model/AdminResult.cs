namespace Asterisell;

/// <summary>What was done to an administrator's login of an instance.</summary>
/// <param name="Name">Instance.</param>
/// <param name="HostName">Docker host of the instance.</param>
/// <param name="Operation">What was asked for.</param>
/// <param name="Status">Unchanged when the login had that password already.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Duration">From first to last step.</param>
/// <param name="Message">What was done, or why it failed.</param>
public sealed record AdminResult(
    string Name, string HostName, string Operation, OperationStatus Status, DateTimeOffset StartedAt, TimeSpan Duration, string Message)
    : OperationResult(Name, HostName, Operation, Status, StartedAt, Duration, Message)
{
    /// <summary>The login that was created or reset.</summary>
    public string Login { get; init; } = "";

    /// <summary>Other logins with an administrator's rights, enabled or not; they were not touched.</summary>
    public IReadOnlyList<string> OtherAdmins { get; init; } = [];
}
