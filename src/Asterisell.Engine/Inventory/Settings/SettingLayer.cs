namespace Asterisell.Engine.Inventory.Settings;

/// <summary>Values of fields from one place of the file: the defaults, a template, an instance; or of several laid over each other.</summary>
internal sealed class SettingLayer
{
    private readonly Dictionary<SettingField, SettingValue> values = [];

    /// <summary>Items of all lists.</summary>
    public int ListItems => values.Values.Sum(value => value.Content is List<object> items ? items.Count : 0);

    /// <summary>The value of a field; null when nothing is said of it.</summary>
    public SettingValue? Find(SettingField field) => values.GetValueOrDefault(field);

    /// <summary>True when something is said of a field of a section, or of a section in it.</summary>
    public bool HasAny(SettingSection section) => section.Fields.Any(field => field.Type == SettingType.Section ? HasAny(field.Section!) : values.ContainsKey(field));

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
