namespace Asterisell;

/// <summary>An inventory file as a whole.</summary>
public sealed record AsterisellInventory
{
    /// <summary>Full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>Docker hosts, in the order of the file.</summary>
    public IReadOnlyList<AsterisellHost> Hosts { get; init; } = [];

    /// <summary>Backup targets, in the order of the file.</summary>
    public IReadOnlyList<BackupTarget> Targets { get; init; } = [];

    /// <summary>Instances, in the order of the file.</summary>
    public IReadOnlyList<AsterisellInstance> Instances { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Path;
}
