namespace Asterisell.Engine.Inventory.Settings;

/// <summary>The whole file.</summary>
internal sealed record InventoryDocument
{
    /// <summary>Version of the format. Always 1 so far.</summary>
    [Setting(Required = true, Minimum = 1, Maximum = 1)]
    public int Version { get; init; } = 1;

    /// <summary>Docker hosts by name. Without this key there is one host, <c>local</c>: the engine of this machine.</summary>
    [Setting]
    public IReadOnlyDictionary<string, AsterisellHost> Hosts { get; init; } = new Dictionary<string, AsterisellHost>();

    /// <summary>Backup targets by name.</summary>
    [Setting]
    public IReadOnlyDictionary<string, BackupTarget> Targets { get; init; } = new Dictionary<string, BackupTarget>();

    /// <summary>Settings of every instance, below templates and the instance's own.</summary>
    [Setting]
    public InstanceDefinition Defaults { get; init; } = new();

    /// <summary>Settings by name, for instances and other templates to extend.</summary>
    [Setting]
    public IReadOnlyDictionary<string, InstanceDefinition> Templates { get; init; } = new Dictionary<string, InstanceDefinition>();

    /// <summary>Instances by <c>name</c>, or by <c>host/name</c>, which also lets two hosts each have one of that name.</summary>
    [Setting]
    public IReadOnlyDictionary<string, InstanceDefinition> Instances { get; init; } = new Dictionary<string, InstanceDefinition>();
}
