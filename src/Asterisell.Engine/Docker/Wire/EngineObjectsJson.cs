using System.Text.Json.Serialization;

namespace Asterisell.Engine.Docker.Wire;

/// <summary>GET /images/json; its times are seconds since 1970.</summary>
internal sealed record ImageListJson(
    string? Id, List<string>? RepoTags, List<string>? RepoDigests, long Size, long Created, Dictionary<string, string>? Labels);

/// <summary>GET /images/NAME/json; its times are text.</summary>
internal sealed record ImageJson(
    string? Id, List<string>? RepoTags, List<string>? RepoDigests, long Size, string? Created, ConfigJson? Config);

/// <summary>GET /volumes.</summary>
internal sealed record VolumeListJson(List<VolumeJson>? Volumes);

internal sealed record VolumeJson(string? Name, string? Driver, string? Mountpoint, string? CreatedAt, Dictionary<string, string>? Labels);

/// <summary>GET /system/df.</summary>
internal sealed record DiskUsageJson(List<VolumeUsageJson>? Volumes);

internal sealed record VolumeUsageJson(string? Name, UsageDataJson? UsageData);

/// <summary>Size in bytes; -1 where the driver does not know.</summary>
internal sealed record UsageDataJson(long Size);

/// <summary>POST /volumes/create.</summary>
internal sealed record VolumeCreateJson(string Name, IReadOnlyDictionary<string, string> Labels);

/// <summary>GET /networks.</summary>
internal sealed record NetworkJson(string? Id, string? Name, string? Driver, [property: JsonPropertyName("IPAM")] IpamJson? Ipam, Dictionary<string, string>? Labels);

internal sealed record IpamJson(List<IpamConfigJson>? Config);

internal sealed record IpamConfigJson(string? Subnet);

/// <summary>POST /networks/create.</summary>
internal sealed record NetworkCreateJson(string Name, string Driver, bool CheckDuplicate, IReadOnlyDictionary<string, string> Labels);

/// <summary>POST /networks/ID/connect and disconnect.</summary>
internal sealed record NetworkMemberJson(string Container);

/// <summary>GET /info.</summary>
internal sealed record InfoJson
{
    [JsonPropertyName("ID")]
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? ServerVersion { get; init; }

    public string? OperatingSystem { get; init; }

    public string? KernelVersion { get; init; }

    public string? Architecture { get; init; }

    [JsonPropertyName("NCPU")]
    public int Cpus { get; init; }

    [JsonPropertyName("MemTotal")]
    public long Memory { get; init; }

    public string? Driver { get; init; }

    public string? DockerRootDir { get; init; }

    public string? CgroupVersion { get; init; }

    public string? SystemTime { get; init; }

    public int Containers { get; init; }

    public int ContainersRunning { get; init; }

    public int Images { get; init; }

    public bool LiveRestoreEnabled { get; init; }

    public List<string>? Warnings { get; init; }
}

/// <summary>A line of GET /events.</summary>
internal sealed record EventJson(
    string? Type, string? Action, ActorJson? Actor, [property: JsonPropertyName("timeNano")] long TimeNanoseconds);

internal sealed record ActorJson([property: JsonPropertyName("ID")] string? Id, Dictionary<string, string>? Attributes);

/// <summary>A line of what an engine says during long work.</summary>
internal sealed record ProgressJson(
    [property: JsonPropertyName("status")] string? Status,
    [property: JsonPropertyName("stream")] string? Stream,
    [property: JsonPropertyName("id")] string? Id,
    [property: JsonPropertyName("error")] string? Error,
    [property: JsonPropertyName("progressDetail")] ProgressDetailJson? Detail);

internal sealed record ProgressDetailJson([property: JsonPropertyName("current")] long Current, [property: JsonPropertyName("total")] long Total);
