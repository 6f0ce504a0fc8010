namespace Asterisell;

/// <summary>A volume on a Docker host that is provably of one instance, also when that instance's container is gone.</summary>
public sealed record AsterisellVolume : IInstanceObject
{
    /// <summary>Instance it belongs to; it need not be in the inventory any more.</summary>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public required string HostName { get; init; }

    /// <summary>Name of the volume; 64 hexadecimal digits for an anonymous one, as the old tool's containers have.</summary>
    public required string VolumeName { get; init; }

    /// <summary>Whether a container has it.</summary>
    public required VolumeState State { get; init; }

    /// <summary>Path in the container that it is, or was, mounted at; null when unknown.</summary>
    public string? Path { get; init; }

    /// <summary>Containers that have it, running or not.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>True when Docker made it without a name.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>UTC; null where the engine does not know.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Bytes in it; null when it was not measured.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>Why it is known to be that instance's.</summary>
    public IReadOnlyList<VolumeEvidence> Evidence { get; init; } = [];

    /// <summary><c>host/instance volume</c>.</summary>
    public override string ToString() => $"{HostName}/{Name} {VolumeName}";
}

/// <summary>Whether a container has a volume.</summary>
public enum VolumeState
{
    /// <summary>A container has it, running or not.</summary>
    InUse,

    /// <summary>No container has it: its container was removed, or its data was kept on purpose.</summary>
    Orphan,
}

/// <summary>A reason to hold a volume for an instance's.</summary>
/// <param name="Kind">Sort of reason.</param>
/// <param name="Text">What was found.</param>
public sealed record VolumeEvidence(VolumeEvidenceKind Kind, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>Sorts of evidence. History alone proves nothing.</summary>
public enum VolumeEvidenceKind
{
    /// <summary>This module's label, which Docker lets nobody change.</summary>
    Label,

    /// <summary>A container of the instance has it.</summary>
    Mount,

    /// <summary>The application and its database lie in it.</summary>
    Content,

    /// <summary>The engine remembers who had it.</summary>
    History,
}
