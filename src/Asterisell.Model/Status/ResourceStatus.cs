namespace Asterisell;

/// <summary>Memory of an instance.</summary>
public sealed record MemoryStatus
{
    /// <summary>In use by the container, without page cache that can be dropped at once; bytes.</summary>
    public long? UsedBytes { get; init; }

    /// <summary>Limit of the container in bytes; null where it has none (the original's has none).</summary>
    public long? LimitBytes { get; init; }

    /// <summary>What the inventory plans for the instance; bytes.</summary>
    public required long ConfiguredBytes { get; init; }

    /// <summary>InnoDB's buffer pool; bytes.</summary>
    public long? BufferPoolBytes { get; init; }

    /// <summary>TokuDB's cache, by the old tool half of the configured memory; bytes. Null where the server has no TokuDB.</summary>
    public long? TokuCacheBytes { get; init; }

    /// <summary>What MariaDB takes now: its resident memory; bytes.</summary>
    public long? DatabaseUsedBytes { get; init; }

    /// <summary>
    /// What MariaDB needs by its settings when its caches are full: the caches, and buffers for as many connections as were ever open at once
    /// since it was started; bytes.
    /// </summary>
    public long? DatabaseNeededBytes { get; init; }

    /// <summary>What MariaDB is told it may take at most: the caches, and buffers for <see cref="MaxConnections"/>; bytes.</summary>
    public long? DatabaseLimitBytes { get; init; }

    /// <summary>Connections that MariaDB admits at a time.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>Most connections that were open at a time since MariaDB was started.</summary>
    public int? PeakConnections { get; init; }

    /// <summary>Memory of the host; bytes.</summary>
    public long? HostBytes { get; init; }

    /// <summary>Memory of the host that programs can still get without swapping; bytes.</summary>
    public long? HostAvailableBytes { get; init; }

    /// <summary>What the inventory plans for all active instances of the host; bytes. Null where only this one is known.</summary>
    public long? HostPlannedBytes { get; init; }
}

/// <summary>A file system.</summary>
/// <param name="Path">A directory on it.</param>
/// <param name="TotalBytes">Size.</param>
/// <param name="FreeBytes">What a program that is not root may still write.</param>
/// <param name="FreeFiles">Files that can still be made; null where the file system has no such limit.</param>
public sealed record DiskStatus(string Path, long TotalBytes, long FreeBytes, long? FreeFiles);

/// <summary>Clock of an instance.</summary>
/// <param name="TimeZone">PHP's <c>date.timezone</c>, in which the application writes most of its times.</param>
/// <param name="Skew">The container's clock minus ours; more than zero when it is ahead.</param>
/// <param name="Uncertainty">How exact <paramref name="Skew"/> can be: half of the way there and back, and the clock's grain.</param>
public sealed record ClockStatus(string TimeZone, TimeSpan Skew, TimeSpan Uncertainty);

/// <summary>Logs of an instance that may grow without end.</summary>
public sealed record LogStatus
{
    /// <summary>True when the container has logrotate, and cron starts it.</summary>
    public bool RotationRuns { get; init; }

    /// <summary>Log files of a megabyte and more that nothing rotates, the largest first.</summary>
    public IReadOnlyList<LogFileStatus> Unrotated { get; init; } = [];
}

/// <summary>A log file.</summary>
/// <param name="Path">File in the container.</param>
/// <param name="SizeBytes">Size.</param>
/// <param name="WrittenAt">Last written to, UTC.</param>
public sealed record LogFileStatus(string Path, long SizeBytes, DateTimeOffset WrittenAt)
{
    /// <summary>Path.</summary>
    public override string ToString() => Path;
}
