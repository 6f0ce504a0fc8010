namespace Asterisell;

/// <summary>
/// Makes a property a key of <c>asterisell.yml</c>: the key is the property's name in camelCase, the type and default are the property's own.
/// </summary>
/// <remarks>
/// The only description of a field besides its XML documentation: reader, validation, JSON Schema and docs/inventory.md are all made from it.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingAttribute(SettingEffect effect = SettingEffect.None) : Attribute
{
    /// <summary>What has to be done with an existing instance before a change of this setting is felt.</summary>
    public SettingEffect Effect { get; } = effect;

    /// <summary>Field of the old Fabric tool, several separated by a comma and a blank; null where it had none.</summary>
    public string? Legacy { get; init; }

    /// <summary>What a text must look like.</summary>
    public SettingFormat Format { get; init; }

    /// <summary>Unit, as the documentation shows it.</summary>
    public string? Unit { get; init; }

    /// <summary>Smallest integer.</summary>
    public int Minimum { get; init; } = int.MinValue;

    /// <summary>Largest integer.</summary>
    public int Maximum { get; init; } = int.MaxValue;

    /// <summary>True when an entry without it is an error.</summary>
    public bool Required { get; init; }

    /// <summary>True for a section whose keys stand beside those of its owner.</summary>
    public bool Inline { get; init; }

    /// <summary>True for a list of which a single value may stand without brackets.</summary>
    public bool OneOrMany { get; init; }

    /// <summary>Default as words, where it is not the property's own initial value.</summary>
    public string? DefaultText { get; init; }
}
