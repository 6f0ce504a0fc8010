using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Asterisell.Engine.Inventory.Settings;

namespace Asterisell.Tests.Unit.Inventory.Generated;

/// <summary>What schema and documentation both tell of a setting.</summary>
internal static class SettingFacts
{
    public static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>The default as JSON; null where words have to tell it, or where there is none.</summary>
    public static JsonNode? Default(SettingSection section, SettingField field)
    {
        if (field.Attribute.DefaultText is not null || field.Attribute.Required)
        {
            return null;
        }

        return field.GetValue(section.CreateDefault()) switch
        {
            bool value => JsonValue.Create(value),
            int value => JsonValue.Create(value),
            string value => JsonValue.Create(value),
            DateOnly value => JsonValue.Create(value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
            Enum value => JsonValue.Create(field.Words[Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)]),
            IReadOnlyList<string> value => new JsonArray([.. value.Select(text => (JsonNode)JsonValue.Create(text)!)]),
            System.Collections.IEnumerable value when field.Type is SettingType.TextMap => new JsonObject(),
            System.Collections.IEnumerable => new JsonArray(),
            _ => null,
        };
    }

    /// <summary>What a change needs.</summary>
    public static string Effect(SettingField field) => field.Attribute.Effect switch
    {
        SettingEffect.Update => "update",
        SettingEffect.Restart => "restart",
        SettingEffect.NewContainer => "new container",
        SettingEffect.Install => "new installation",
        _ => "nothing",
    };
}
