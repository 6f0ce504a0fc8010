using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Hosts;

/// <summary>Asks a host what it is.</summary>
/// <param name="connector">Gives its engine.</param>
/// <param name="clock">Our clock; null for the machine's.</param>
public sealed class HostInspector(IDockerConnector connector, TimeProvider? clock = null)
{
    private readonly TimeProvider clock = clock ?? TimeProvider.System;

    /// <summary>Facts on a host.</summary>
    /// <param name="host">Host.</param>
    /// <param name="instances">Instances of the inventory on it.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<HostInfo> InspectAsync(AsterisellHost host, IReadOnlyList<AsterisellInstance> instances, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instances);
        ArgumentNullException.ThrowIfNull(host);
        IDockerEngine engine = await connector.ConnectAsync(host, cancellation).ConfigureAwait(false);
        TimeSpan latency = await engine.PingAsync(cancellation).ConfigureAwait(false);
        (EngineInfo info, TimeSpan? offset) = await ReadClockAsync(engine, cancellation).ConfigureAwait(false);
        IReadOnlyList<ContainerSummary> containers = await engine.Containers.ListAsync(new ContainerFilter(), cancellation).ConfigureAwait(false);
        HashSet<string> running = [.. containers.Where(container => container.State == "running").Select(container => container.Name)];
        var bare = new HostInfo
        {
            HostName = host.Name,
            Endpoint = host.Endpoint,
            MachineName = info.Name,
            EngineVersion = info.ServerVersion,
            ApiVersion = info.ApiVersion.ToString(),
            StorageDriver = info.StorageDriver,
            DockerFolder = info.RootFolder,
            OperatingSystem = info.OperatingSystem,
            Kernel = info.KernelVersion,
            Architecture = info.Architecture,
            CpuCores = info.Cpus,
            MemoryBytes = info.MemoryBytes,
            Instances = instances.Count,
            InstancesRunning = instances.Count(instance => running.Contains(instance.ContainerName)),
            Containers = containers.Count,
            Latency = latency,
            ClockOffset = offset,
        };
        AsterisellInstance[] up = [.. instances.Where(instance => running.Contains(instance.ContainerName))];
        return await new HostMemory(engine, clock).FillAsync(bare, instances, up, cancellation).ConfigureAwait(false);
    }

    /// <summary>The engine tells its time somewhere between question and answer; the middle is the best guess.</summary>
    private async Task<(EngineInfo Info, TimeSpan? Offset)> ReadClockAsync(IDockerEngine engine, CancellationToken cancellation)
    {
        DateTimeOffset asked = clock.GetUtcNow();
        EngineInfo info = await engine.GetInfoAsync(cancellation).ConfigureAwait(false);
        DateTimeOffset answered = clock.GetUtcNow();
        return (info, info.Clock - (asked + ((answered - asked) / 2)));
    }
}
