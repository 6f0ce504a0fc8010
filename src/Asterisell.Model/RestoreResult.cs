namespace Asterisell;

/// <summary>How the restore of one instance ended.</summary>
/// <param name="Name">Instance that was restored into.</param>
/// <param name="HostName">Docker host of it.</param>
/// <param name="Operation"><c>Restore</c>.</param>
/// <param name="Status">How it ended; where it failed, the data are those from before, unless the message says otherwise.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Duration">From first to last step.</param>
/// <param name="Message">What was done, or why it failed.</param>
public sealed record RestoreResult(
    string Name, string HostName, string Operation, OperationStatus Status, DateTimeOffset StartedAt, TimeSpan Duration, string Message)
    : OperationResult(Name, HostName, Operation, Status, StartedAt, Duration, Message)
{
    /// <summary>Backup that was restored; empty where none was found.</summary>
    public string SnapshotId { get; init; } = string.Empty;

    /// <summary>Its folder.</summary>
    public string? BackupPath { get; init; }

    /// <summary>UTC; calls after it are those that the restore lost, unless the files they came in are imported again.</summary>
    public DateTimeOffset? BackupCreatedAt { get; init; }

    /// <summary>What was replaced.</summary>
    public RestoreContent Replaced { get; init; }

    /// <summary>Tables that were replaced.</summary>
    public int TableCount { get; init; }

    /// <summary>Rows in them, as the database counted them after the restore.</summary>
    public long RowCount { get; init; }

    /// <summary>Rows of <c>ar_cdr</c> among them.</summary>
    public long CallCount { get; init; }

    /// <summary>Folder of the backup of the data from before; null where none was made.</summary>
    public string? SafetyBackup { get; init; }

    /// <summary>Upgrade jobs that the backup was older than, and that were applied to its data.</summary>
    public IReadOnlyList<string> AppliedUpgradeJobs { get; init; } = [];

    /// <summary>What an operator should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Steps in their order, up to the one that failed.</summary>
    public IReadOnlyList<DeploymentStep> Steps { get; init; } = [];
}
