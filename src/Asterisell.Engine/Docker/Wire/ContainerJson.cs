namespace Asterisell.Engine.Docker.Wire;

/// <summary>GET /containers/ID/json, as far as it is used.</summary>
internal sealed record ContainerJson
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Image { get; init; }

    public string? Created { get; init; }

    public int RestartCount { get; init; }

    public StateJson? State { get; init; }

    public ConfigJson? Config { get; init; }

    public HostConfigJson? HostConfig { get; init; }

    public List<MountJson>? Mounts { get; init; }

    public NetworkSettingsJson? NetworkSettings { get; init; }
}

internal sealed record StateJson
{
    public string? Status { get; init; }

    public bool Running { get; init; }

    public bool OOMKilled { get; init; }

    public int ExitCode { get; init; }

    public string? Error { get; init; }

    public string? StartedAt { get; init; }

    public string? FinishedAt { get; init; }

    public HealthJson? Health { get; init; }
}

internal sealed record HealthJson(string? Status);

internal sealed record ConfigJson
{
    public string? Image { get; init; }

    public bool Tty { get; init; }

    public string? Hostname { get; init; }

    public Dictionary<string, string>? Labels { get; init; }

    public Dictionary<string, EmptyJson?>? Volumes { get; init; }
}

internal sealed record HostConfigJson
{
    public long Memory { get; init; }

    public long NanoCpus { get; init; }

    public long CpuQuota { get; init; }

    public long CpuPeriod { get; init; }

    public RestartPolicyJson? RestartPolicy { get; init; }

    public Dictionary<string, List<PortBindingJson>?>? PortBindings { get; init; }
}

internal sealed record RestartPolicyJson(string? Name, int MaximumRetryCount);

internal sealed record PortBindingJson(string? HostIp, string? HostPort);

internal sealed record MountJson(string? Type, string? Name, string? Source, string? Destination, bool RW);

internal sealed record NetworkSettingsJson(Dictionary<string, List<PortBindingJson>?>? Ports);
