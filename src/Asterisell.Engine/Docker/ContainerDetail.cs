namespace Asterisell.Engine.Docker;

/// <summary>What the engine knows of one container.</summary>
public sealed record ContainerDetail
{
    /// <summary>Full id.</summary>
    public required string Id { get; init; }

    /// <summary>Name without the leading slash.</summary>
    public required string Name { get; init; }

    /// <summary>Image as it was asked for.</summary>
    public required string Image { get; init; }

    /// <summary>Digest of the image.</summary>
    public required string ImageId { get; init; }

    /// <summary><c>created</c>, <c>running</c>, <c>paused</c>, <c>restarting</c>, <c>removing</c>, <c>exited</c> or <c>dead</c>.</summary>
    public required string State { get; init; }

    /// <summary>True while its program runs (also while paused).</summary>
    public bool IsRunning { get; init; }

    /// <summary>Exit code of the last run; 0 while running.</summary>
    public int ExitCode { get; init; }

    /// <summary>True when the kernel ended the last run for want of memory.</summary>
    public bool OutOfMemory { get; init; }

    /// <summary>Why the last start failed; null when it did not.</summary>
    public string? StartError { get; init; }

    /// <summary>True when its program has a terminal; its log then does not tell errors from output.</summary>
    public bool HasTerminal { get; init; }

    /// <summary>UTC; null when it never started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>UTC; null when it never ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary><c>healthy</c>, <c>unhealthy</c>, <c>starting</c>; null where the container has no health check.</summary>
    public string? Health { get; init; }

    /// <summary>Times the engine restarted it by itself.</summary>
    public int RestartCount { get; init; }

    /// <summary>Restart policy: <c>no</c>, <c>always</c>, <c>unless-stopped</c>, <c>on-failure</c>.</summary>
    public string RestartPolicy { get; init; } = "no";

    /// <summary>Memory limit in bytes; 0 for none.</summary>
    public long MemoryLimitBytes { get; init; }

    /// <summary>Processor limit in cores; 0 for none.</summary>
    public double CpuLimit { get; init; }

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Volumes and bind mounts.</summary>
    public IReadOnlyList<ContainerMount> Mounts { get; init; } = [];

    /// <summary>Published ports.</summary>
    public IReadOnlyList<ContainerPort> Ports { get; init; } = [];
}

/// <summary>A volume or bind mount of a container.</summary>
/// <param name="Kind"><c>volume</c>, <c>bind</c> or <c>tmpfs</c>.</param>
/// <param name="Source">Volume name, or path on the host.</param>
/// <param name="Destination">Path in the container.</param>
/// <param name="ReadOnly">True when the container cannot write.</param>
public sealed record ContainerMount(string Kind, string Source, string Destination, bool ReadOnly)
{
    /// <summary>For a new container: leave an empty volume empty, where Docker would copy what the image has at that path.</summary>
    public bool WithoutCopy { get; init; }
}

/// <summary>A published port.</summary>
/// <param name="PrivatePort">Port in the container.</param>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="HostAddress">Address on the host; <c>0.0.0.0</c> or <c>::</c> is every interface.</param>
/// <param name="HostPort">Port on the host; 0 for one that the engine chooses when the container starts.</param>
public sealed record ContainerPort(int PrivatePort, string Protocol, string HostAddress, int HostPort);
