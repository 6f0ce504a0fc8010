namespace Asterisell;

/// <summary>How a command inside an instance ended.</summary>
/// <param name="Name">Instance.</param>
/// <param name="HostName">Docker host of the instance.</param>
/// <param name="Operation">What was run.</param>
/// <param name="Status">Failed also when the exit code is not 0.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Duration">From start to exit.</param>
/// <param name="Message">Why it failed; empty when it did not.</param>
public sealed record CommandResult(
    string Name, string HostName, string Operation, OperationStatus Status, DateTimeOffset StartedAt, TimeSpan Duration, string Message)
    : OperationResult(Name, HostName, Operation, Status, StartedAt, Duration, Message)
{
    /// <summary>Exit code; null when it did not come to one.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Lines of standard output, when they were collected.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>Lines of standard error, when they were collected.</summary>
    public IReadOnlyList<string> ErrorOutput { get; init; } = [];
}
