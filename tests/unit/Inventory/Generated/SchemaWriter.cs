using System.Text.Json.Nodes;
using Asterisell.Engine.Inventory.Settings;

namespace Asterisell.Tests.Unit.Inventory.Generated;

/// <summary>The JSON Schema (draft 7, which editors know best) of an inventory, made from the settings themselves.</summary>
internal static class SchemaWriter
{
    public static string Write()
    {
        JsonObject definitions = new() { ["secret"] = Secret() };
        JsonObject root = new()
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Asterisell inventory",
            ["description"] = "Docker hosts, backup targets and Asterisell instances. Generated from the module's settings; docs/inventory.md explains them.",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray("version"),
            ["properties"] = new JsonObject(SettingSection.Document.Visible.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)TopLevel(field)))),
            ["definitions"] = definitions,
        };
        definitions["host"] = Section(SettingSection.Document.Find("hosts")!.Section!);
        definitions["target"] = Section(SettingSection.Document.Find("targets")!.Section!);
        definitions["instance"] = Section(SettingSection.Instance);
        return root.ToJsonString(SettingFacts.Json) + "\n";
    }

    private static JsonObject TopLevel(SettingField field)
    {
        if (field.Type == SettingType.Integer)
        {
            return new JsonObject { ["description"] = XmlDocs.Summary(field.Property), ["const"] = 1 };
        }

        JsonObject described = new() { ["description"] = XmlDocs.Summary(field.Property), ["type"] = Types("object") };
        if (field.Type == SettingType.Section)
        {
            described["allOf"] = new JsonArray(
                Reference("instance"), new JsonObject { ["not"] = new JsonObject { ["required"] = new JsonArray("extends") } });
            return described;
        }

        string name = field.Key.TrimEnd('s');
        string pattern = SettingFormats.Of(SettingFormat.Name).Pattern!;
        if (name == "instance")
        {
            // host/name: the same rule on both sides of the slash, its look ahead once for both.
            int core = pattern.IndexOf(')', StringComparison.Ordinal) + 1;
            pattern = $"{pattern[..core]}(?:{pattern[core..^1]}/)?{pattern[core..]}";
        }

        described["propertyNames"] = new JsonObject { ["pattern"] = pattern };
        described["additionalProperties"] = Reference(name == "template" ? "instance" : name);
        return described;
    }

    private static JsonObject Section(SettingSection section)
    {
        JsonObject properties = [];
        AddProperties(section, properties);
        JsonObject written = new() { ["type"] = Types("object"), ["additionalProperties"] = false, ["properties"] = properties };
        JsonNode?[] required = [.. section.Visible.Where(field => field.Attribute.Required).Select(field => (JsonNode?)field.Key)];
        if (required.Length > 0)
        {
            written["required"] = new JsonArray(required);
        }

        return written;
    }

    private static void AddProperties(SettingSection section, JsonObject properties)
    {
        foreach (SettingField field in section.Fields)
        {
            if (field.Attribute.Inline)
            {
                AddProperties(field.Section!, properties);
                continue;
            }

            properties[field.Key] = Property(section, field);
            if (field.IsList)
            {
                JsonObject adding = Value(field);
                adding["description"] = $"Adds to {field.Key}, in place of replacing it.";
                properties[$"{field.Key}+"] = adding;
            }
        }
    }

    private static JsonObject Property(SettingSection section, SettingField field)
    {
        JsonObject property = field.Type == SettingType.Section ? Section(field.Section!) : Value(field);
        List<string> sentences = [XmlDocs.Summary(field.Property)];
        sentences.AddRange(XmlDocs.Remarks(field.Property) is { } remarks ? [remarks] : []);
        sentences.AddRange(field.Attribute.DefaultText is { } words ? [$"Default: {words}."] : []);
        sentences.AddRange(field.Attribute.Legacy is { } legacy ? [$"Old tool: {legacy}."] : []);
        sentences.AddRange(field.Attribute.Effect != SettingEffect.None ? [$"A change needs: {SettingFacts.Effect(field)}."] : []);
        property["description"] = string.Join(' ', sentences).Replace('`', '\'');
        if (SettingFacts.Default(section, field) is { } value)
        {
            property["default"] = value;
        }

        return property;
    }

    private static JsonObject Value(SettingField field) => field.Type switch
    {
        SettingType.Boolean => new JsonObject { ["type"] = Types("boolean") },
        SettingType.Integer => new JsonObject
        {
            ["type"] = Types("integer"), ["minimum"] = field.Attribute.Minimum, ["maximum"] = field.Attribute.Maximum,
        },
        SettingType.Date => new JsonObject { ["type"] = Types("string"), ["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
        SettingType.Choice => new JsonObject { ["enum"] = new JsonArray([.. field.Words.Select(word => (JsonNode?)word), null]) },
        SettingType.Secret => new JsonObject { ["anyOf"] = new JsonArray(Reference("secret"), new JsonObject { ["type"] = "null" }) },
        SettingType.TextList when field.Attribute.OneOrMany => new JsonObject
        {
            ["anyOf"] = new JsonArray(Text(field.Attribute.Format), new JsonObject { ["type"] = "array", ["items"] = Text(field.Attribute.Format) }),
        },
        SettingType.TextList => new JsonObject
        {
            ["type"] = Types("array"), ["maxItems"] = Engine.Inventory.InventoryLimits.Entries, ["items"] = Item(field.Attribute.Format),
        },
        SettingType.SectionList => new JsonObject { ["type"] = Types("array"), ["items"] = Section(field.Section!) },
        SettingType.TextMap => new JsonObject
        {
            ["type"] = Types("object"),
            ["propertyNames"] = new JsonObject { ["pattern"] = SettingFormats.Of(field.Attribute.Format).Pattern },
            ["additionalProperties"] = Text(field.Attribute.Format),
        },
        _ => Text(field.Attribute.Format),
    };

    private static JsonObject Item(SettingFormat format) => format != SettingFormat.Report ? Text(format) : new JsonObject
    {
        ["anyOf"] = new JsonArray(
            Text(format),
            new JsonObject
            {
                ["type"] = "object", ["minProperties"] = 1, ["maxProperties"] = 1, ["additionalProperties"] = new JsonObject { ["type"] = "string" },
            }),
    };

    /// <summary>An editor takes <c>0039</c> or <c>30</c> for a number; the reader takes it as it is written.</summary>
    private static JsonObject Text(SettingFormat format)
    {
        JsonObject text = new()
        {
            ["type"] = format is SettingFormat.Line or SettingFormat.Tag or SettingFormat.DaysOrMonth ? Types("string", "number") : Types("string"),
        };
        if (SettingFormats.Of(format).Pattern is { } pattern)
        {
            text["pattern"] = pattern;
        }

        return text;
    }

    private static JsonObject Secret() => new()
    {
        ["description"] = "Where a secret is kept. A literal is taken, with a warning.",
        ["anyOf"] = new JsonArray(
            Place("env", "Environment variable."), Place("file", "File with mode 0600 or 0400, owned by you or root."),
            Place("secret", "Name in a vault of PowerShell's SecretManagement.", "vault"), Place("prompt", "Question, asked when the secret is needed."),
            new JsonObject { ["type"] = "string", ["minLength"] = 1, ["description"] = "The secret itself: everybody who can read this file knows it." }),
    };

    private static JsonObject Place(string key, string description, string? optional = null)
    {
        JsonObject properties = new() { [key] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["description"] = description } };
        if (optional is not null)
        {
            properties[optional] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["description"] = "Vault; without it, the default one." };
        }

        return new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["required"] = new JsonArray(key), ["properties"] = properties };
    }

    private static JsonObject Reference(string definition) => new() { ["$ref"] = $"#/definitions/{definition}" };

    private static JsonArray Types(params string[] types) => [.. types.Select(type => (JsonNode?)type), "null"];
}
