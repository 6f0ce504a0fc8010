namespace Asterisell;

/// <summary>How the export of one instance, or of one backup, ended.</summary>
/// <param name="Name">Instance.</param>
/// <param name="HostName">Docker host of it.</param>
/// <param name="Operation"><c>Export</c>.</param>
/// <param name="Status">How it ended; where it failed there is no file.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Duration">From first to last step.</param>
/// <param name="Message">What was done, or why it failed.</param>
public sealed record ExportResult(
    string Name, string HostName, string Operation, OperationStatus Status, DateTimeOffset StartedAt, TimeSpan Duration, string Message)
    : OperationResult(Name, HostName, Operation, Status, StartedAt, Duration, Message)
{
    /// <summary>The file; null where it failed.</summary>
    public string? Path { get; init; }

    /// <summary>Bytes of the file.</summary>
    public long SizeBytes { get; init; }

    /// <summary>SHA-256 of the file, in lower case hexadecimal; null where it failed.</summary>
    public string? Sha256 { get; init; }

    /// <summary>True where a passphrase is needed to read it.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>Snapshot in it.</summary>
    public string SnapshotId { get; init; } = string.Empty;

    /// <summary>UTC; the moment of the data. Null where it failed.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>What was masked; null where nothing was.</summary>
    public SanitizeSummary? Sanitized { get; init; }
}
