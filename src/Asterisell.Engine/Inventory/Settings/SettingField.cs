using System.Reflection;
using System.Text.Json;

namespace Asterisell.Engine.Inventory.Settings;

/// <summary>One key of the inventory, as its property describes it.</summary>
internal sealed class SettingField
{
    private readonly PropertyInfo property;

    public SettingField(PropertyInfo property, SettingAttribute attribute, string parentPath)
    {
        this.property = property;
        Attribute = attribute;
        Key = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        Path = parentPath.Length == 0 ? Key : $"{parentPath}.{Key}";
        (Type, Type? child) = Classify(property.PropertyType);
        Section = child is null ? null : new SettingSection(child, attribute.Inline ? parentPath : Type == SettingType.Section ? Path : string.Empty);
        Words = Type == SettingType.Choice
            ? [.. Enum.GetNames(property.PropertyType).Select(JsonNamingPolicy.KebabCaseLower.ConvertName)]
            : [];
    }

    /// <summary>Key in the file.</summary>
    public string Key { get; }

    /// <summary>Key with those above it, from the entry: <c>ports.http</c>.</summary>
    public string Path { get; }

    /// <summary>How it is written.</summary>
    public SettingType Type { get; }

    /// <summary>What the property says of itself.</summary>
    public SettingAttribute Attribute { get; }

    /// <summary>Keys of a section, or of each section of a list or map; null for others.</summary>
    public SettingSection? Section { get; }

    /// <summary>Words of a choice.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Property that describes it.</summary>
    public PropertyInfo Property => property;

    /// <summary>True for lists, which <c>key+</c> adds to.</summary>
    public bool IsList => Type is SettingType.TextList or SettingType.SectionList;

    /// <summary>What a value should be, in words.</summary>
    public string Expected => Type switch
    {
        SettingType.Boolean => "true or false",
        SettingType.Integer => IntegerWords(),
        SettingType.Date => "a date such as 2015-01-31",
        SettingType.Choice => string.Join(", ", Words.SkipLast(1)) + " or " + Words[^1],
        SettingType.Secret => "{ env: NAME }, { file: /path }, { secret: NAME } or { prompt: \"question\" }",
        SettingType.TextList when Attribute.OneOrMany => $"{SettingFormats.Of(Attribute.Format).Words}, or a list of such",
        SettingType.TextList => $"a list; each of its items {SettingFormats.Of(Attribute.Format).Words}",
        SettingType.SectionList => $"a list of entries with the keys {Section!.KeyWords}",
        SettingType.TextMap => "keys with texts",
        SettingType.SectionMap => "names with keys below them",
        SettingType.Section => $"the keys {Section!.KeyWords}",
        _ => SettingFormats.Of(Attribute.Format).Words,
    };

    /// <summary>The value in an object.</summary>
    public object? GetValue(object owner) => property.GetValue(owner);

    /// <summary>Sets the value in an object that nobody else has seen yet.</summary>
    public void SetValue(object owner, object? value) => property.SetValue(owner, value);

    private static (SettingType Type, Type? Child) Classify(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsGenericType)
        {
            Type item = plain.GetGenericArguments()[^1];
            bool isText = item == typeof(string);
            return plain.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)
                ? (isText ? SettingType.TextMap : SettingType.SectionMap, isText ? null : item)
                : (isText ? SettingType.TextList : SettingType.SectionList, isText ? null : item);
        }

        return plain switch
        {
            _ when plain == typeof(bool) => (SettingType.Boolean, null),
            _ when plain == typeof(int) => (SettingType.Integer, null),
            _ when plain == typeof(string) || plain == typeof(Uri) => (SettingType.Text, null),
            _ when plain == typeof(DateOnly) => (SettingType.Date, null),
            _ when plain == typeof(SecretReference) => (SettingType.Secret, null),
            _ when plain.IsEnum => (SettingType.Choice, null),
            _ => (SettingType.Section, plain),
        };
    }

    private string IntegerWords() =>
        Attribute.Minimum == Attribute.Maximum ? $"{Attribute.Minimum}" : $"an integer from {Attribute.Minimum} to {Attribute.Maximum}";
}
