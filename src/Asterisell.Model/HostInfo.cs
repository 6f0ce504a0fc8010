namespace Asterisell;

/// <summary>What a Docker host says of itself.</summary>
public sealed record HostInfo
{
    /// <summary>Host in the inventory.</summary>
    public required string HostName { get; init; }

    /// <summary>Docker engine.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Name the machine has for itself.</summary>
    public string MachineName { get; init; } = "";

    /// <summary>Docker's version.</summary>
    public string EngineVersion { get; init; } = "";

    /// <summary>Version of Docker's API that is spoken with it.</summary>
    public string ApiVersion { get; init; } = "";

    /// <summary>Docker's storage driver.</summary>
    public string StorageDriver { get; init; } = "";

    /// <summary>Folder on the host that holds images, containers and volumes.</summary>
    public string DockerFolder { get; init; } = "";

    /// <summary>Operating system.</summary>
    public string OperatingSystem { get; init; } = "";

    /// <summary>Version of the kernel.</summary>
    public string Kernel { get; init; } = "";

    /// <summary>Processor architecture.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>Processor cores.</summary>
    public int CpuCores { get; init; }

    /// <summary>Memory in bytes.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Instances of the inventory on this host.</summary>
    public int Instances { get; init; }

    /// <summary>Those of them whose containers run.</summary>
    public int InstancesRunning { get; init; }

    /// <summary>Containers in all, also those that are not ours.</summary>
    public int Containers { get; init; }

    /// <summary>Time the host takes to answer.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How far its clock is ahead of ours; negative when it is behind, null where it does not tell. Right to half the latency.</summary>
    public TimeSpan? ClockOffset { get; init; }

    /// <summary>Host.</summary>
    public override string ToString() => HostName;
}
