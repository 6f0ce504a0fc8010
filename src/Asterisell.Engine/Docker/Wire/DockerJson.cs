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
[JsonSerializable(typeof(ContainerCreateJson))]
[JsonSerializable(typeof(HostConfigRequestJson))]
[JsonSerializable(typeof(List<ContainerListJson>))]
[JsonSerializable(typeof(WaitJson))]
[JsonSerializable(typeof(TopJson))]
[JsonSerializable(typeof(PathStatJson))]
[JsonSerializable(typeof(StatsJson))]
[JsonSerializable(typeof(List<ImageListJson>))]
[JsonSerializable(typeof(ImageJson))]
[JsonSerializable(typeof(VolumeListJson))]
[JsonSerializable(typeof(VolumeJson))]
[JsonSerializable(typeof(VolumeCreateJson))]
[JsonSerializable(typeof(DiskUsageJson))]
[JsonSerializable(typeof(List<NetworkJson>))]
[JsonSerializable(typeof(NetworkCreateJson))]
[JsonSerializable(typeof(NetworkMemberJson))]
[JsonSerializable(typeof(InfoJson))]
[JsonSerializable(typeof(EventJson))]
[JsonSerializable(typeof(ProgressJson))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyList<string>>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class DockerJson : JsonSerializerContext;

/// <summary>An engine's explanation of a failure.</summary>
internal sealed record ErrorJson(string? Message);

/// <summary>The answer to what creates something.</summary>
internal sealed record IdJson(string? Id);
