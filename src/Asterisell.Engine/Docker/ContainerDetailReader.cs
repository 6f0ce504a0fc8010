using System.Globalization;
using Asterisell.Engine.Docker.Wire;

namespace Asterisell.Engine.Docker;

/// <summary>Turns the engine's description of a container into ours.</summary>
internal static class ContainerDetailReader
{
    internal static ContainerDetail Read(AsterisellHost host, ContainerJson json)
    {
        if (string.IsNullOrEmpty(json.Id) || string.IsNullOrEmpty(json.Name) || json.State?.Status is not { Length: > 0 } state)
        {
            throw DockerErrors.NotDocker(host, "a container without id, name or state");
        }

        bool running = json.State.Running;
        return new ContainerDetail
        {
            Id = json.Id,
            Name = json.Name.TrimStart('/'),
            Image = json.Config?.Image ?? "",
            ImageId = json.Image ?? "",
            State = state,
            IsRunning = running,
            ExitCode = running ? 0 : json.State.ExitCode,
            OutOfMemory = json.State.OOMKilled,
            StartError = json.State.Error is { Length: > 0 } error ? EngineText.Clean(error) : null,
            StartedAt = Time(json.State.StartedAt),
            FinishedAt = Time(json.State.FinishedAt),
            CreatedAt = Time(json.Created) ?? default,
            Health = json.State.Health?.Status is { Length: > 0 } health and not "none" ? health : null,
            RestartCount = json.RestartCount,
            RestartPolicy = json.HostConfig?.RestartPolicy?.Name is { Length: > 0 } policy ? policy : "no",
            MemoryLimitBytes = json.HostConfig?.Memory ?? 0,
            CpuLimit = Cpus(json.HostConfig),
            HasTerminal = json.Config?.Tty ?? false,
            Labels = json.Config?.Labels ?? [],
            Mounts = [.. (json.Mounts ?? []).Select(Mount)],
            Ports = Ports((running ? json.NetworkSettings?.Ports : null) ?? json.HostConfig?.PortBindings),
        };
    }

    /// <summary>A time of Docker's (RFC 3339 with nanoseconds); null for its zero time.</summary>
    internal static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) && time.Year > 1
            ? time.ToUniversalTime()
            : null;

    private static double Cpus(HostConfigJson? limits) => limits switch
    {
        null => 0,
        { NanoCpus: > 0 } => limits.NanoCpus / 1e9,
        { CpuQuota: > 0, CpuPeriod: > 0 } => (double)limits.CpuQuota / limits.CpuPeriod,
        { CpuQuota: > 0 } => limits.CpuQuota / 100_000.0, // the kernel's period where none is set
        _ => 0,
    };

    private static ContainerMount Mount(MountJson mount) => new(
        mount.Type ?? "",
        (mount.Type == "volume" ? mount.Name : mount.Source) ?? "",
        mount.Destination ?? "",
        !mount.RW);

    private static List<ContainerPort> Ports(Dictionary<string, List<PortBindingJson>?>? bindings)
    {
        List<ContainerPort> ports = [];
        foreach ((string key, List<PortBindingJson>? published) in bindings ?? [])
        {
            string[] parts = key.Split('/');
            if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int inside))
            {
                continue;
            }

            foreach (PortBindingJson binding in published ?? [])
            {
                // An empty port is one that the engine will choose when the container starts.
                _ = int.TryParse(binding.HostPort, NumberStyles.None, CultureInfo.InvariantCulture, out int outside);
                ports.Add(new ContainerPort(
                    inside, parts.Length > 1 ? parts[1] : "tcp", binding.HostIp is { Length: > 0 } address ? address : "0.0.0.0", outside));
            }
        }

        return ports;
    }
}
