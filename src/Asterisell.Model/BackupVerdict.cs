namespace Asterisell;

/// <summary>What a test says of one backup.</summary>
/// <param name="Name">Instance.</param>
/// <param name="HostName">Docker host of the instance.</param>
/// <param name="SnapshotId">Which backup; empty for an attempt that made none.</param>
/// <param name="Path">Folder of the snapshot.</param>
/// <param name="Level">How deep the test went.</param>
/// <param name="Passed">True when nothing was found that makes the backup untrustworthy.</param>
/// <param name="TestedAt">UTC.</param>
/// <param name="Duration">How long the test took.</param>
/// <param name="BytesRead">Bytes of the snapshot that were read.</param>
/// <param name="Findings">Failures first, then what is only worth knowing. At most 1,000; the last one says how many more there are.</param>
public sealed record BackupVerdict(
    string Name, string HostName, string SnapshotId, string Path, BackupTestLevel Level, bool Passed,
    DateTimeOffset TestedAt, TimeSpan Duration, long BytesRead, IReadOnlyList<BackupFinding> Findings) : IInstanceObject
{
    /// <summary>Target of the inventory that holds the backup; null where a folder was named instead.</summary>
    public string? Target { get; init; }
}
