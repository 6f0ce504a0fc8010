using System.Text.Json;
using System.Text.Json.Serialization;

namespace Asterisell.Engine.Backup.Manifest;

/// <summary>Writes a secret as the reference that the inventory has; it is never read back.</summary>
internal sealed class SecretReferenceConverter : JsonConverter<SecretReference>
{
    public override SecretReference Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("A snapshot holds no secrets of the inventory.");

    public override void Write(Utf8JsonWriter writer, SecretReference value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
