using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Hosts;

/// <summary>Checks whether a host is fit for its instances.</summary>
/// <param name="connector">Gives its engine.</param>
/// <param name="clock">Our clock; null for the machine's.</param>
public sealed class HostTester(IDockerConnector connector, TimeProvider? clock = null)
{
    private readonly HostInspector inspector = new(connector, clock);

    /// <summary>Checks a host. A host that does not answer fails its check <c>Engine</c>, and there are no others.</summary>
    /// <param name="host">Host.</param>
    /// <param name="instances">Instances of the inventory on it.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<HostCheck>> TestAsync(
        AsterisellHost host, IReadOnlyList<AsterisellInstance> instances, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        HostInfo info;
        IDockerEngine engine;
        try
        {
            engine = await connector.ConnectAsync(host, cancellation).ConfigureAwait(false);
            info = await inspector.InspectAsync(host, instances, cancellation).ConfigureAwait(false);
        }
        catch (AsterisellException failure)
        {
            return [new HostCheck(host.Name, "Engine", CheckResult.Failed, Sentence(failure.Reason), failure.Remedy)];
        }

        IReadOnlyList<ContainerDetail> running = await RunningAsync(engine, cancellation).ConfigureAwait(false);
        AsterisellInstance? witness = instances.FirstOrDefault(instance => running.Any(container => container.Name == instance.ContainerName));
        MachineFacts machine = await MachineReader.ReadAsync(engine, info.DockerFolder, witness, cancellation).ConfigureAwait(false);
        return
        [
            HostRules.Engine(info),
            HostRules.Storage(info),
            HostRules.HugePages(info, machine),
            HostRules.Disk(info, machine),
            HostRules.Memory(info, instances),
            HostRules.Clock(info),
            .. PortRules.Check(host, instances, running, machine),
        ];
    }

    private static async Task<IReadOnlyList<ContainerDetail>> RunningAsync(IDockerEngine engine, CancellationToken cancellation)
    {
        IReadOnlyList<ContainerSummary> all =
            await engine.Containers.ListAsync(new ContainerFilter { All = false }, cancellation).ConfigureAwait(false);
        ContainerDetail?[] details =
            await Task.WhenAll(all.Select(container => engine.FindContainerAsync(container.Id, cancellation))).ConfigureAwait(false);
        return [.. details.OfType<ContainerDetail>()];
    }

    private static string Sentence(string reason) => char.ToUpperInvariant(reason[0]) + reason[1..];
}
