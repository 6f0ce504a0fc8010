namespace Asterisell.Engine.Docker;

/// <summary>An engine and the host it runs on.</summary>
public sealed record EngineInfo
{
    /// <summary>Id of the engine.</summary>
    public required string Id { get; init; }

    /// <summary>Host name of the machine.</summary>
    public required string Name { get; init; }

    /// <summary>Docker's version.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>API version spoken with it.</summary>
    public ApiVersion ApiVersion { get; init; }

    /// <summary>Operating system: <c>Debian GNU/Linux 12 (bookworm)</c>.</summary>
    public string OperatingSystem { get; init; } = "";

    /// <summary>Version of the kernel.</summary>
    public string KernelVersion { get; init; } = "";

    /// <summary><c>x86_64</c>, <c>aarch64</c>.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>Processor cores.</summary>
    public int Cpus { get; init; }

    /// <summary>Memory in bytes.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Storage driver: <c>overlay2</c>.</summary>
    public string StorageDriver { get; init; } = "";

    /// <summary>Folder on the host that holds images, containers and volumes.</summary>
    public string RootFolder { get; init; } = "";

    /// <summary>Version of control groups: 1 or 2; 0 where the engine does not say.</summary>
    public int CgroupVersion { get; init; }

    /// <summary>The host's clock, UTC; null where the engine does not say.</summary>
    public DateTimeOffset? Clock { get; init; }

    /// <summary>Containers in all.</summary>
    public int Containers { get; init; }

    /// <summary>Containers that run.</summary>
    public int ContainersRunning { get; init; }

    /// <summary>Images.</summary>
    public int Images { get; init; }

    /// <summary>True where containers outlive a restart of the engine.</summary>
    public bool LiveRestore { get; init; }

    /// <summary>What the engine warns about.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
