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

    /// <summary>What the inventory plans for the active instances; bytes.</summary>
    public long MemoryPlannedBytes { get; init; }

    /// <summary>What the running instances were promised: the container's limit, else what MariaDB is told it may take; bytes.</summary>
    public long MemoryPromisedBytes { get; init; }

    /// <summary>What the running instances need when MariaDB's caches are full; bytes.</summary>
    public long MemoryNeededBytes { get; init; }

    /// <summary>What the running instances take now; bytes.</summary>
    public long MemoryUsedBytes { get; init; }

    /// <summary>True when the instances do not fit: more planned, or needed, than the host has.</summary>
    public bool IsMemoryOvercommitted => MemoryPlannedBytes > MemoryBytes || MemoryNeededBytes > MemoryBytes;

    /// <summary>Memory of each running instance, and what it would get of a budget shared by all.</summary>
    public IReadOnlyList<InstanceMemory> InstanceMemory { get; init; } = [];

    /// <summary>Running instances whose memory could not be read; they are missing in the sums.</summary>
    public IReadOnlyList<string> MemoryUnread { get; init; } = [];

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

/// <summary>Memory of one instance beside the others of its host.</summary>
/// <param name="Name">Instance.</param>
/// <param name="HostName">Docker host of the instance.</param>
/// <param name="Memory">What it is told, takes and needs.</param>
/// <param name="DatabaseBytes">Data and indexes of its database; null where they could not be read.</param>
/// <param name="SharedCacheBytes">
/// Cache that its MariaDB could have if what the host has left beside the system and the other programs were shared by the sizes of the
/// databases; never more than a database's own size and a fifth, never less than 64 MiB. A proposal, not a setting.
/// </param>
public sealed record InstanceMemory(string Name, string HostName, MemoryStatus Memory, long? DatabaseBytes, long SharedCacheBytes) : IInstanceObject
{
    /// <summary>Instance.</summary>
    public override string ToString() => Name;
}
