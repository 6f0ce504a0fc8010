namespace Asterisell.Engine.Inventory.Settings;

/// <summary>What may be said of an instance; templates and defaults have the same keys.</summary>
internal sealed record InstanceDefinition
{
    /// <summary>Templates to build on, one or several. A later one overrides an earlier one, and the entry itself overrides all.</summary>
    [Setting(Format = SettingFormat.Name, OneOrMany = true)]
    public IReadOnlyList<string> Extends { get; init; } = [];

    /// <summary>Docker host. May be left out when there is only one.</summary>
    [Setting(SettingEffect.NewContainer, Format = SettingFormat.Name, DefaultText = "the only host")]
    public string? Host { get; init; }

    /// <summary>False for an instance that is listed, but left out of changes unless it is named exactly.</summary>
    /// <remarks>Every task of the old tool ignored it.</remarks>
    [Setting(Legacy = "active")]
    public bool Active { get; init; } = true;

    /// <summary>Free words to select by.</summary>
    [Setting(Format = SettingFormat.Tag)]
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Backup targets of the instance.</summary>
    [Setting(Format = SettingFormat.Name, DefaultText = "every target of the inventory")]
    public IReadOnlyList<string>? Targets { get; init; }

    /// <summary>All other keys.</summary>
    [Setting(Inline = true)]
    public InstanceSettings Settings { get; init; } = new();
}
