using System.Text.Json.Nodes;
using Asterisell.Engine.Inventory;
using Asterisell.Engine.Inventory.Yaml;

namespace Asterisell.Tests.Unit.Inventory.Generated;

/// <summary>YAML as an editor sees it: values with the types of YAML 1.2's core schema.</summary>
internal static class JsonValues
{
    public static JsonNode? Parse(string yaml)
    {
        FindingList findings = new("/x");
        YamlNode? root = YamlLoader.Load(yaml, findings);
        Assert.Empty(findings.ToSorted());
        return Convert(root);
    }

    private static JsonNode? Convert(YamlNode? node) => node switch
    {
        YamlMapping mapping => new JsonObject(mapping.Entries.Select(entry => KeyValuePair.Create(entry.Key.Value, Convert(entry.Value)))),
        YamlSequence sequence => new JsonArray([.. sequence.Items.Select(Convert)]),
        YamlScalar { IsPlain: true, Value: "" or "null" or "~" } => null,
        YamlScalar { IsPlain: true, Value: "true" or "false" } boolean => JsonValue.Create(boolean.Value == "true"),
        YamlScalar { IsPlain: true } number when int.TryParse(number.Value, out int value) => JsonValue.Create(value),
        YamlScalar text => JsonValue.Create(text.Value),
        _ => throw new InvalidOperationException($"{node} is nothing."),
    };
}
