namespace Asterisell;

/// <summary>How the update of one instance ended.</summary>
/// <param name="Name">Instance.</param>
/// <param name="HostName">Docker host of it.</param>
/// <param name="Operation"><c>Update</c>.</param>
/// <param name="Status"><c>Unchanged</c> where nothing differed.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Duration">From first to last phase.</param>
/// <param name="Message">What was done, or why it failed and what became of the instance.</param>
public sealed record UpdateResult(
    string Name, string HostName, string Operation, OperationStatus Status, DateTimeOffset StartedAt, TimeSpan Duration, string Message)
    : OperationResult(Name, HostName, Operation, Status, StartedAt, Duration, Message)
{
    /// <summary>The phase that it came to; of a failed one, the phase that failed.</summary>
    public UpdatePhase Phase { get; init; }

    /// <summary>What was updated.</summary>
    public UpdateScope Scope { get; init; }

    /// <summary>Version of the application before; null where the instance did not tell.</summary>
    public string? FromVersion { get; init; }

    /// <summary>Version of the application in the checkout; null where only the configuration was updated.</summary>
    public string? ToVersion { get; init; }

    /// <summary>How long customers were kept out by it; null where they were not, or still are.</summary>
    public TimeSpan? Downtime { get; init; }

    /// <summary>True when it failed and everything is as before, the database included.</summary>
    public bool IsRolledBack { get; init; }

    /// <summary>True when it failed and the instance is left as it is: customers are kept out, jobs wait.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Files of the application that were written.</summary>
    public int WrittenFiles { get; init; }

    /// <summary>Files of the application that were removed, because the checkout no longer has them.</summary>
    public int RemovedFiles { get; init; }

    /// <summary>Configuration files that were written, by full path.</summary>
    public IReadOnlyList<string> ConfigurationFiles { get; init; } = [];

    /// <summary>Upgrade jobs that were applied.</summary>
    public IReadOnlyList<string> AppliedUpgradeJobs { get; init; } = [];

    /// <summary>Folder of the backup that was made before; null where none was needed.</summary>
    public string? BackupPath { get; init; }

    /// <summary>What an operator should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Phases in their order, up to the one that failed.</summary>
    public IReadOnlyList<DeploymentStep> Steps { get; init; } = [];
}
