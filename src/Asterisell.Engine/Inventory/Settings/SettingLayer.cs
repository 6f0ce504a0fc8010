using Asterisell.Engine.Inventory.Yaml;

namespace Asterisell.Engine.Inventory.Settings;

/// <summary>Values of fields from one place of the file: the defaults, a template, an instance; or of several laid over each other.</summary>
internal sealed class SettingLayer
{
    private readonly Dictionary<SettingField, SettingValue> values = [];

    /// <summary>The value of a field; null when nothing is said of it.</summary>
    public SettingValue? Find(SettingField field) => values.GetValueOrDefault(field);

    /// <summary>Says something of a field; what was said before is lost.</summary>
    public void Set(SettingField field, SettingValue value) => values[field] = value;

    /// <summary>Lays another one over this one.</summary>
    public void Cover(SettingLayer upper)
    {
        foreach ((SettingField field, SettingValue value) in upper.values)
        {
            values[field] = value.Over(field, values.GetValueOrDefault(field));
        }
    }
}

/// <summary>What is said of a field.</summary>
/// <param name="Node">Where.</param>
/// <param name="Content">Value: of the field's type; a list of objects for lists; a dictionary for maps.</param>
/// <param name="Adds">True for <c>key+</c>.</param>
/// <param name="IsReset">True for <c>null</c>: the default again.</param>
internal sealed record SettingValue(YamlNode Node, object? Content, bool Adds = false, bool IsReset = false)
{
    /// <summary>This value where a lower layer says something too.</summary>
    public SettingValue Over(SettingField field, SettingValue? lower)
    {
        if (IsReset)
        {
            return this;
        }

        if (Adds)
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

    /// <summary>The value as the property wants it.</summary>
    public object? ToObject(SettingField field) => field.Type switch
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
