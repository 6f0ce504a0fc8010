namespace Asterisell;

/// <summary>What the rules of retention decided about one backup, and why.</summary>
public sealed record RetentionDecision : IInstanceObject
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public required string HostName { get; init; }

    /// <summary>Time and name of the backup, as <see cref="AsterisellBackup.SnapshotId"/>.</summary>
    public required string SnapshotId { get; init; }

    /// <summary>Target of the inventory that holds it; null where a folder was named instead.</summary>
    public string? Target { get; init; }

    /// <summary>Its folder or address.</summary>
    public required string Path { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whole, damaged, or <see cref="BackupState.Failed"/> for what a killed run left: that was never visible.</summary>
    public required BackupState State { get; init; }

    /// <summary>True when the last test of it read all of its content and passed.</summary>
    public bool IsProven { get; init; }

    /// <summary>Whether it stays.</summary>
    public required RetentionOutcome Outcome { get; init; }

    /// <summary>Every rule that keeps it; for one that goes, why it may.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>Bytes of everything in it. Removing it frees less where it shares files with others.</summary>
    public long SizeBytes { get; init; }

    /// <summary>Bytes that its removal gave back to the disk; null where nothing was removed, or the target does not tell.</summary>
    public long? FreedBytes { get; init; }

    /// <summary><c>host/name snapshot: outcome</c>.</summary>
    public override string ToString() => $"{HostName}/{Name} {SnapshotId}: {Outcome} ({string.Join(", ", Reasons)})";
}
