using System.Text.Json.Serialization;

namespace Asterisell.Engine.Docker.Wire;

/// <summary>Readers and writers of the engine's JSON, made at compile time.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(ErrorJson))]
[JsonSerializable(typeof(IdJson))]
[JsonSerializable(typeof(ContainerJson))]
[JsonSerializable(typeof(ExecCreateJson))]
[JsonSerializable(typeof(ExecStartJson))]
[JsonSerializable(typeof(ExecJson))]
internal sealed partial class DockerJson : JsonSerializerContext;

/// <summary>An engine's explanation of a failure.</summary>
internal sealed record ErrorJson(string? Message);

/// <summary>The answer to what creates something.</summary>
internal sealed record IdJson(string? Id);
