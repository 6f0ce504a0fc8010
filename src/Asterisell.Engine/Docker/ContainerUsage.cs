namespace Asterisell.Engine.Docker;

/// <summary>What a container uses now.</summary>
public sealed record ContainerUsage
{
    /// <summary>When it was measured, UTC.</summary>
    public DateTimeOffset MeasuredAt { get; init; }

    /// <summary>Processor time used since the container started; two measurements give the load.</summary>
    public TimeSpan CpuTime { get; init; }

    /// <summary>Memory in bytes, without the part of the page cache that the kernel can take back at once (as <c>docker stats</c> counts).</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Memory limit in bytes; the host's memory where there is none.</summary>
    public long MemoryLimitBytes { get; init; }

    /// <summary>Processes and threads.</summary>
    public long Processes { get; init; }

    /// <summary>Bytes received on all networks.</summary>
    public long ReceivedBytes { get; init; }

    /// <summary>Bytes sent on all networks.</summary>
    public long SentBytes { get; init; }

    /// <summary>Bytes read from disks.</summary>
    public long ReadBytes { get; init; }

    /// <summary>Bytes written to disks.</summary>
    public long WrittenBytes { get; init; }
}
