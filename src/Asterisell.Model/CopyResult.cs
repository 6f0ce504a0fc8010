namespace Asterisell;

/// <summary>How a copy or an import into one instance ended.</summary>
/// <param name="Name">Instance that the data came into.</param>
/// <param name="HostName">Docker host of it.</param>
/// <param name="Operation"><c>Copy</c> or <c>Import</c>.</param>
/// <param name="Status">How it ended; where it failed, the data are those from before, unless the message says otherwise.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Duration">From first to last step.</param>
/// <param name="Message">What was done, or why it failed.</param>
public sealed record CopyResult(
    string Name, string HostName, string Operation, OperationStatus Status, DateTimeOffset StartedAt, TimeSpan Duration, string Message)
    : OperationResult(Name, HostName, Operation, Status, StartedAt, Duration, Message)
{
    /// <summary>Where the data came from: <c>host/name</c>, or a file.</summary>
    public required string Source { get; init; }

    /// <summary>UTC; the moment of the source that the data show. Null where it failed before that.</summary>
    public DateTimeOffset? SourceMoment { get; init; }

    /// <summary>What was replaced.</summary>
    public RestoreContent Replaced { get; init; }

    /// <summary>Tables that came.</summary>
    public int TableCount { get; init; }

    /// <summary>Rows in them, as the database counted them afterwards.</summary>
    public long RowCount { get; init; }

    /// <summary>Rows of <c>ar_cdr</c> among them.</summary>
    public long CallCount { get; init; }

    /// <summary>What was masked; null where nothing was.</summary>
    public SanitizeSummary? Sanitized { get; init; }

    /// <summary>Folder of the backup of the data from before; null where none was made.</summary>
    public string? SafetyBackup { get; init; }

    /// <summary>Upgrade jobs that the data were older than, and that were applied to them.</summary>
    public IReadOnlyList<string> AppliedUpgradeJobs { get; init; } = [];

    /// <summary>What an operator should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Steps in their order, up to the one that failed.</summary>
    public IReadOnlyList<DeploymentStep> Steps { get; init; } = [];
}
