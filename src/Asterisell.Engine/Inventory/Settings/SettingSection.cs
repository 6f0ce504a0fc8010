using System.Reflection;

namespace Asterisell.Engine.Inventory.Settings;

/// <summary>The keys that may stand side by side, read once from the properties of a type.</summary>
internal sealed class SettingSection
{
    private readonly Dictionary<string, SettingField> byKey = new(StringComparer.Ordinal);

    public SettingSection(Type type, string path = "")
    {
        Type = type;
        Fields =
        [
            .. from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
               let attribute = property.GetCustomAttribute<SettingAttribute>()
               where attribute is not null
               select new SettingField(property, attribute, path),
        ];
        foreach (SettingField field in Fields)
        {
            foreach (SettingField visible in field.Attribute.Inline ? field.Section!.Visible : [field])
            {
                byKey.Add(visible.Key, visible);
            }
        }
    }

    /// <summary>The whole file.</summary>
    public static SettingSection Document { get; } = new(typeof(InventoryDocument));

    /// <summary>An instance, a template or the defaults.</summary>
    public static SettingSection Instance { get; } = new(typeof(InstanceDefinition));

    /// <summary>Type whose properties are the keys.</summary>
    public Type Type { get; }

    /// <summary>Keys, in the order of the properties; an inline section is one of them.</summary>
    public IReadOnlyList<SettingField> Fields { get; }

    /// <summary>Keys as they stand in the file.</summary>
    public IReadOnlyCollection<SettingField> Visible => byKey.Values;

    /// <summary>The keys in words.</summary>
    public string KeyWords => string.Join(", ", byKey.Keys);

    /// <summary>The field of a key; null when there is none.</summary>
    public SettingField? Find(string key) => byKey.GetValueOrDefault(key);

    /// <summary>The field of a path such as <c>ports.http</c>.</summary>
    public SettingField At(string path)
    {
        SettingSection section = this;
        string[] keys = path.Split('.');
        for (int i = 0; i < keys.Length - 1; i++)
        {
            section = section.Find(keys[i])!.Section!;
        }

        return section.Find(keys[^1])!;
    }

    /// <summary>Every field below, sections left out.</summary>
    public IEnumerable<SettingField> Leaves() =>
        Visible.SelectMany(field => field.Type == SettingType.Section ? field.Section!.Leaves() : [field]);

    /// <summary>An object with every default.</summary>
    public object CreateDefault() => Activator.CreateInstance(Type)!;

    /// <summary>An object with the given values and otherwise the defaults.</summary>
    public object Build(SettingLayer values)
    {
        object built = CreateDefault();
        foreach (SettingField field in Fields)
        {
            if (field.Type == SettingType.Section)
            {
                // Of a section that nothing is said of, the object has the defaults already.
                if (values.HasAny(field.Section!))
                {
                    field.SetValue(built, field.Section!.Build(values));
                }
            }
            else if (values.Find(field) is { IsReset: false } value)
            {
                field.SetValue(built, value.ToObject(field));
            }
        }

        return built;
    }
}
