namespace Asterisell;

/// <summary>How the installation or removal of one instance ended, step by step.</summary>
/// <param name="Name">Instance.</param>
/// <param name="HostName">Docker host of the instance.</param>
/// <param name="Operation"><c>Install</c> or <c>Uninstall</c>.</param>
/// <param name="Status">How it ended.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Duration">From first to last step.</param>
/// <param name="Message">What was done, or why it failed.</param>
public sealed record DeploymentResult(
    string Name, string HostName, string Operation, OperationStatus Status, DateTimeOffset StartedAt, TimeSpan Duration, string Message)
    : OperationResult(Name, HostName, Operation, Status, StartedAt, Duration, Message)
{
    /// <summary>Steps in their order, up to the one that failed.</summary>
    public IReadOnlyList<DeploymentStep> Steps { get; init; } = [];
}

/// <summary>One step.</summary>
/// <param name="Step">Its name.</param>
/// <param name="Status"><c>Succeeded</c>, <c>Unchanged</c> where nothing was to be done, or <c>Failed</c>.</param>
/// <param name="Duration">Time it took.</param>
public sealed record DeploymentStep(string Step, OperationStatus Status, TimeSpan Duration)
{
    /// <inheritdoc/>
    public override string ToString() => Step;
}
