using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Asterisell.Engine.Backup.Repository;

/// <summary>JSON of the encrypted file.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class RepositoryJson : JsonSerializerContext;
