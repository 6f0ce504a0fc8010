namespace Asterisell;

/// <summary>How one operation on one instance ended.</summary>
/// <param name="Name">Instance.</param>
/// <param name="HostName">Docker host of the instance.</param>
/// <param name="Operation">What was asked for, for example <c>Restart</c>.</param>
/// <param name="Status">How it ended.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Duration">From first to last step.</param>
/// <param name="Message">What was done, or why it failed.</param>
public record OperationResult(
    string Name, string HostName, string Operation, OperationStatus Status,
    DateTimeOffset StartedAt, TimeSpan Duration, string Message) : IInstanceObject;
