using System.Globalization;
using Asterisell.Engine.Docker.Wire;

namespace Asterisell.Engine.Docker;

/// <summary>Turns what the engine says of containers into our objects.</summary>
internal static class ContainerReader
{
    // Bits of Go's os.FileMode.
    private const uint GoDirectory = 1u << 31;
    private const uint GoSymbolicLink = 1u << 27;

    internal static ContainerDetail ReadDetail(AsterisellHost host, ContainerJson json)
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
            StartedAt = DockerTime.Parse(json.State.StartedAt),
            FinishedAt = DockerTime.Parse(json.State.FinishedAt),
            CreatedAt = DockerTime.Parse(json.Created) ?? default,
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

    internal static ContainerSummary ReadSummary(ContainerListJson json) => new(
        json.Id ?? "",
        json.Names?.Select(name => name.TrimStart('/')).FirstOrDefault(name => !name.Contains('/')) ?? "",
        json.Image ?? "",
        json.State ?? "",
        json.Status ?? "",
        DateTimeOffset.UnixEpoch.AddSeconds(json.Created),
        json.Labels ?? []);

    internal static ContainerUsage ReadUsage(StatsJson json) => new()
    {
        MeasuredAt = DockerTime.Parse(json.Read) ?? default,
        CpuTime = TimeSpan.FromMicroseconds((json.Cpu?.Usage?.TotalNanoseconds ?? 0) / 1000),
        MemoryBytes = (long)Memory(json.Memory),
        MemoryLimitBytes = (long)(json.Memory?.Limit ?? 0),
        Processes = (long)(json.Pids?.Current ?? 0),
        ReceivedBytes = json.Networks?.Values.Sum(network => (long)network.Received) ?? 0,
        SentBytes = json.Networks?.Values.Sum(network => (long)network.Sent) ?? 0,
        ReadBytes = Blocks(json.Blocks, "read"),
        WrittenBytes = Blocks(json.Blocks, "write"),
    };

    internal static ContainerPath ReadPath(PathStatJson json) => new(
        json.Name ?? "",
        json.Size,
        (json.Mode & GoDirectory) != 0,
        (int)(json.Mode & 0x1FF),
        DockerTime.Parse(json.ModifiedAt) ?? default,
        (json.Mode & GoSymbolicLink) != 0 ? json.LinkTarget ?? "" : null);

    private static ulong Memory(MemoryStatsJson? memory)
    {
        // The kernel's names of the same: control groups version 1, version 2.
        ulong cache = 0;
        _ = memory?.Parts?.TryGetValue("total_inactive_file", out cache) is true || memory?.Parts?.TryGetValue("inactive_file", out cache) is true;
        return memory is null ? 0 : memory.Usage - Math.Min(cache, memory.Usage);
    }

    private static long Blocks(BlockStatsJson? blocks, string operation) => blocks?.Bytes?
        .Where(counter => operation.Equals(counter.Operation, StringComparison.OrdinalIgnoreCase))
        .Sum(counter => (long)counter.Value) ?? 0;

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
