namespace Asterisell.Engine.Backup.Manifest;

/// <summary>One line of <c>files.jsonl</c>.</summary>
internal sealed record SnapshotEntry
{
    /// <summary>Relative path in the snapshot; for what has no file in it (links, devices) the path it would have.</summary>
    public required string Path { get; init; }

    /// <summary>What it is.</summary>
    public required SnapshotEntryKind Kind { get; init; }

    /// <summary>Bytes; 0 for what is not a file.</summary>
    public long Size { get; init; }

    /// <summary>SHA-256 in lower case hexadecimal; null for what is not a file.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Absolute path in the container; null for what the backup made itself.</summary>
    public string? Source { get; init; }

    /// <summary>The bytes of <see cref="Source"/> in base64 where they are not UTF-8; else null.</summary>
    public string? SourceBytes { get; init; }

    /// <summary>Target of a symbolic link, as it stands in it.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>The bytes of <see cref="LinkTarget"/> in base64 where they are not UTF-8; else null.</summary>
    public string? LinkTargetBytes { get; init; }

    /// <summary>Permission bits in the container, octal, for example <c>0644</c>.</summary>
    public string? Mode { get; init; }

    /// <summary>Owner in the container, by number.</summary>
    public long? UserId { get; init; }

    /// <summary>Group in the container, by number.</summary>
    public long? GroupId { get; init; }

    /// <summary>Owner in the container, by name where it has one.</summary>
    public string? Owner { get; init; }

    /// <summary>Group in the container, by name where it has one.</summary>
    public string? Group { get; init; }

    /// <summary>UTC, as the container's file system had it.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>
    /// Change time (seconds since 1970 with fraction), device and inode in the container, as find prints them, with <c>:</c> between: by it the
    /// next backup knows what did not change. Null for what the backup made itself.
    /// </summary>
    public string? Stamp { get; init; }
}

/// <summary>What an entry of the listing is.</summary>
internal enum SnapshotEntryKind
{
    /// <summary>A file, stored.</summary>
    File,

    /// <summary>A folder.</summary>
    Directory,

    /// <summary>A symbolic link: recorded here only, since a link in the snapshot could lead anywhere on the machine that keeps it.</summary>
    Link,

    /// <summary>A device, pipe or socket: recorded here only.</summary>
    Special,
}
