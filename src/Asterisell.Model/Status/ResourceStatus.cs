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
