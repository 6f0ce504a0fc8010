using Asterisell.Engine.Inventory.Yaml;

namespace Asterisell.Engine.Inventory.Settings;

/// <summary>What is said of a field.</summary>
internal sealed class SettingValue(YamlNode node, object? content, bool adds = false, bool isReset = false)
{
    private object? built;

    /// <summary>Where it is said.</summary>
    public YamlNode Node { get; } = node;

    /// <summary>Value: of the field's type; a list of objects for lists; a dictionary for maps.</summary>
    public object? Content { get; } = content;

    /// <summary>True for <c>null</c>: the default again.</summary>
    public bool IsReset { get; } = isReset;

    /// <summary>This value where a lower layer says something too.</summary>
    public SettingValue Over(SettingField field, SettingValue? lower)
    {
        if (IsReset)
        {
            return this;
        }

        if (adds)
        {
            IEnumerable<object> below = lower is { IsReset: false } ? (List<object>)lower.Content! : Default(field);
            return new SettingValue(Node, (List<object>)[.. below, .. (List<object>)Content!]);
        }

        if (field.Type != SettingType.TextMap || lower is null or { IsReset: true })
        {
            return this;
        }

        Dictionary<string, string?> merged = new((Dictionary<string, string?>)lower.Content!, StringComparer.Ordinal);
        foreach ((string key, string? text) in (Dictionary<string, string?>)Content!)
        {
            merged[key] = text;
        }

        return new SettingValue(Node, merged);
    }

    /// <summary>The value as the property wants it; the same object for every instance that has it from the same place.</summary>
    public object? ToObject(SettingField field) => built ??= field.Type switch
    {
        SettingType.TextList => ((List<object>)Content!).Cast<string>().ToArray(),
        SettingType.SectionList => ToArray(field.Section!.Type, (List<object>)Content!),
        SettingType.TextMap => ((Dictionary<string, string?>)Content!)
            .Where(entry => entry.Value is not null).ToDictionary(entry => entry.Key, entry => entry.Value!, StringComparer.Ordinal),
        _ => Content,
    };

    private static Array ToArray(Type type, List<object> items)
    {
        Array array = Array.CreateInstance(type, items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            array.SetValue(items[i], i);
        }

        return array;
    }

    private static IEnumerable<object> Default(SettingField field)
    {
        object owner = Activator.CreateInstance(field.Property.DeclaringType!)!;
        return (IEnumerable<object>?)field.GetValue(owner) ?? [];
    }
}
