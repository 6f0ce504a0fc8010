using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Asterisell.Tests.Unit.Inventory.Generated;

/// <summary>As much of JSON Schema draft 7 as our schema uses; a keyword it does not know is an error, so that nothing goes unchecked.</summary>
internal sealed class SchemaValidator(JsonObject root)
{
    private static readonly HashSet<string> Remarks = ["$schema", "title", "description", "default", "definitions"];

    public bool IsValid(JsonNode? value) => IsValid(root, value);

    private bool IsValid(JsonObject schema, JsonNode? value) => schema.All(keyword => Remarks.Contains(keyword.Key) || Check(schema, keyword.Key, keyword.Value, value));

    private bool Check(JsonObject schema, string keyword, JsonNode? rule, JsonNode? value) => keyword switch
    {
        "$ref" => IsValid(root["definitions"]![rule!.GetValue<string>().Split('/')[^1]]!.AsObject(), value),
        "type" => (rule is JsonArray types ? types.Select(type => type!.GetValue<string>()) : [rule!.GetValue<string>()]).Any(type => IsType(type, value)),
        "const" => JsonNode.DeepEquals(rule, value),
        "enum" => rule!.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)),
        "anyOf" => rule!.AsArray().Any(option => IsValid(option!.AsObject(), value)),
        "allOf" => rule!.AsArray().All(option => IsValid(option!.AsObject(), value)),
        "not" => !IsValid(rule!.AsObject(), value),
        "pattern" => !IsType("string", value) || Regex.IsMatch(value!.GetValue<string>(), rule!.GetValue<string>(), RegexOptions.ECMAScript),
        "minLength" => !IsType("string", value) || value!.GetValue<string>().Length >= rule!.GetValue<int>(),
        "minimum" => !IsType("integer", value) || value!.GetValue<int>() >= rule!.GetValue<int>(),
        "maximum" => !IsType("integer", value) || value!.GetValue<int>() <= rule!.GetValue<int>(),
        "maxItems" => value is not JsonArray longest || longest.Count <= rule!.GetValue<int>(),
        "items" => value is not JsonArray items || items.All(item => IsValid(rule!.AsObject(), item)),
        "minProperties" => value is not JsonObject fewest || fewest.Count >= rule!.GetValue<int>(),
        "maxProperties" => value is not JsonObject most || most.Count <= rule!.GetValue<int>(),
        "required" => value is not JsonObject whole || rule!.AsArray().All(key => whole.ContainsKey(key!.GetValue<string>())),
        "properties" => value is not JsonObject known || known.All(pair => rule![pair.Key] is not JsonObject property || IsValid(property, pair.Value)),
        "propertyNames" => value is not JsonObject named || named.All(pair => IsValid(rule!.AsObject(), JsonValue.Create(pair.Key))),
        "additionalProperties" => value is not JsonObject open || open.All(pair => schema["properties"]?[pair.Key] is not null || IsAllowed(rule!, pair.Value)),
        _ => throw new InvalidOperationException($"The keyword '{keyword}' is not checked."),
    };

    private bool IsAllowed(JsonNode rule, JsonNode? value) => rule is JsonObject schema ? IsValid(schema, value) : rule.GetValue<bool>();

    private static bool IsType(string type, JsonNode? value) => (type, value?.GetValueKind()) switch
    {
        ("null", null) or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String)
            or ("boolean", JsonValueKind.True or JsonValueKind.False) or ("number" or "integer", JsonValueKind.Number) => true,
        _ => false,
    };
}
