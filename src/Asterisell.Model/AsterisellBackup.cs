namespace Asterisell;

/// <summary>One backup of one instance, or the attempt at one.</summary>
public sealed record AsterisellBackup : IInstanceObject
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public required string HostName { get; init; }

    /// <summary>UTC time of its begin as <c>yyyyMMddTHHmmssZ</c>: sorting by it sorts by time. Empty for an attempt that did not get so far.</summary>
    public required string SnapshotId { get; init; }

    /// <summary>Target of the inventory that holds it; null where a folder was named instead.</summary>
    public string? Target { get; init; }

    /// <summary>Folder of the snapshot, or its address in a remote target; for a failed attempt the folder in which it would have appeared.</summary>
    public required string Path { get; init; }

    /// <summary>Whole, damaged or failed.</summary>
    public required BackupState State { get; init; }

    /// <summary>Why it is damaged or failed; null when complete.</summary>
    public string? Reason { get; init; }

    /// <summary>UTC. The moment that the database content shows lies in the first seconds after it.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>From begin to the moment it became visible, or failed.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Bytes of everything in it, manifest included: what it would take alone.</summary>
    public long SizeBytes { get; init; }

    /// <summary>Bytes of it that were new to the destination when it was made: what it took of the disk.</summary>
    public long NewBytes { get; init; }

    /// <summary>Bytes of it that it shares with snapshots that were there before it.</summary>
    public long SharedBytes { get; init; }

    /// <summary>Database that it holds.</summary>
    public string? Database { get; init; }

    /// <summary>Tables of the database, views left out.</summary>
    public int TableCount { get; init; }

    /// <summary>Rows of all tables.</summary>
    public long RowCount { get; init; }

    /// <summary>Rows of <c>ar_cdr</c>, the rated calls.</summary>
    public long CallCount { get; init; }

    /// <summary>Files taken from the container's file system.</summary>
    public long FileCount { get; init; }

    /// <summary>Version of the application, for example <c>Asterisell-5.8</c>; null when unknown.</summary>
    public string? ApplicationVersion { get; init; }

    /// <summary>What an operator should know: files that kept changing, directories that were not there, a job pass under way.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>UTC of the last test of exactly this backup, passed or not; null when it was never tested.</summary>
    public DateTimeOffset? LastTestedAt { get; init; }

    /// <summary>How deep that test went; null when it was never tested.</summary>
    public BackupTestLevel? LastTestLevel { get; init; }

    /// <summary>Whether that test passed; null when it was never tested.</summary>
    public bool? LastTestPassed { get; init; }

    /// <summary>True when the last test of exactly this backup read all of its content and passed.</summary>
    public bool IsProven => State == BackupState.Complete && LastTestPassed == true && LastTestLevel >= BackupTestLevel.Content;

    /// <summary><c>host/name snapshot</c>.</summary>
    public override string ToString() => $"{HostName}/{Name} {SnapshotId}";
}
