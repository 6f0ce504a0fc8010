using System.Text.Json.Serialization;

namespace Asterisell.Engine.Docker.Wire;

/// <summary>POST /containers/create.</summary>
internal sealed record ContainerCreateJson
{
    public required string Image { get; init; }

    public IReadOnlyList<string>? Entrypoint { get; init; }

    public IReadOnlyList<string>? Cmd { get; init; }

    public string? Hostname { get; init; }

    public IReadOnlyList<string>? Env { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public Dictionary<string, EmptyJson>? ExposedPorts { get; init; }

    public long? StopTimeout { get; init; }

    public HealthCheckJson? Healthcheck { get; init; }

    public required HostConfigRequestJson HostConfig { get; init; }
}

/// <summary>Times in nanoseconds.</summary>
internal sealed record HealthCheckJson(IReadOnlyList<string> Test, long Interval, long Timeout, int Retries, long StartPeriod);

/// <summary>Host part of a container to create, and POST /containers/ID/update.</summary>
internal sealed record HostConfigRequestJson
{
    public IReadOnlyList<MountRequestJson>? Mounts { get; init; }

    public Dictionary<string, List<PortBindingJson>>? PortBindings { get; init; }

    public string? NetworkMode { get; init; }

    public RestartPolicyJson? RestartPolicy { get; init; }

    public long? Memory { get; init; }

    public long? MemorySwap { get; init; }

    public long? NanoCpus { get; init; }

    public LogConfigJson? LogConfig { get; init; }
}

internal sealed record EmptyJson;

internal sealed record MountRequestJson(string Type, string? Source, string Target, bool ReadOnly)
{
    public VolumeOptionsJson? VolumeOptions { get; init; }
}

internal sealed record VolumeOptionsJson(bool NoCopy);

internal sealed record LogConfigJson(string Type, Dictionary<string, string> Config);

/// <summary>POST /containers/ID/wait.</summary>
internal sealed record WaitJson(int StatusCode, WaitErrorJson? Error);

internal sealed record WaitErrorJson(string? Message);

/// <summary>GET /containers/ID/top.</summary>
internal sealed record TopJson(List<string>? Titles, List<List<string>>? Processes);

/// <summary>GET /containers/json.</summary>
internal sealed record ContainerListJson
{
    public string? Id { get; init; }

    public List<string>? Names { get; init; }

    public string? Image { get; init; }

    public string? State { get; init; }

    public string? Status { get; init; }

    public long Created { get; init; }

    public Dictionary<string, string>? Labels { get; init; }
}

/// <summary>Header X-Docker-Container-Path-Stat.</summary>
internal sealed record PathStatJson(
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("size")] long Size,
    [property: JsonPropertyName("mode")] uint Mode,
    [property: JsonPropertyName("mtime")] string? ModifiedAt,
    [property: JsonPropertyName("linkTarget")] string? LinkTarget);
