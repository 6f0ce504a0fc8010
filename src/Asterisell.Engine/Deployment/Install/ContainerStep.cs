using Asterisell.Engine.Docker;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Install;

/// <summary>Makes the container without starting it.</summary>
internal sealed class ContainerStep(InstallWorld world) : IDeploymentWork
{
    private const long LogBytes = 10_000_000;
    private const string Loopback = "127.0.0.1";
    private const int LongestHostname = 63;

    /// <summary>MariaDB writes its buffers back when it ends; Docker's own 10 seconds would kill it.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(300);

    /// <summary>MariaDB answers (that it refuses nobody in particular is an answer), and the web server sends a line.</summary>
    private const string HealthScript = """
        client=mysqladmin; command -v mariadb-admin >/dev/null && client=mariadb-admin
        "$client" --connect-timeout=5 ping >/dev/null 2>&1 || exit 1
        exec 3<>/dev/tcp/127.0.0.1/80 || exit 1
        printf 'HEAD / HTTP/1.0\r\n\r\n' >&3
        IFS= read -r -t 5 line <&3 && case $line in HTTP/*' 5'*) exit 1 ;; HTTP/*) exit 0 ;; esac
        exit 1
        """;

    private static readonly ContainerHealthCheck Health = new(
        ["/bin/bash", "-c", HealthScript], Interval: TimeSpan.FromSeconds(60), Timeout: TimeSpan.FromSeconds(20), Retries: 3,
        StartPeriod: TimeSpan.FromSeconds(300));

    public string Name => "Container";

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        if (await world.Engine.FindContainerAsync(world.Definition.ContainerName, cancellation).ConfigureAwait(false) is not null)
        {
            // Whose it is was looked at before the first step.
            return false;
        }

        EngineInfo host = await world.Engine.GetInfoAsync(cancellation).ConfigureAwait(false);
        ContainerDefinition wanted = Define(world.Definition, world.Image, host);
        return await EngineAtWork.RequestAsync(
            () => world.Engine.Containers.CreateAsync(wanted, cancellation),
            async () => await world.Engine.FindContainerAsync(wanted.Name, cancellation).ConfigureAwait(false) is { } made
                && Ownership.Of(made.Labels) == world.Definition.Name,
            progress, cancellation).ConfigureAwait(false);
    }

    /// <summary>The container as the inventory wants it.</summary>
    internal static ContainerDefinition Define(AsterisellInstance instance, ImageDetail image, EngineInfo host) =>
        Define(instance, image.Names.Contains(instance.Settings.Image.Name) ? instance.Settings.Image.Name : image.Id, host);

    /// <summary>The container as the inventory wants it, of an image by its name or id.</summary>
    internal static ContainerDefinition Define(AsterisellInstance instance, string image, EngineInfo host) =>
        new(instance.ContainerName, image)
        {
            Hostname = instance.Name.Length <= LongestHostname ? instance.Name : null,
            Labels = Ownership.LabelsOf(instance),
            Mounts = [.. InstanceVolumes.Of(instance).Select(volume => new ContainerMount("volume", volume.Name, volume.Path, ReadOnly: false))],
            Ports = [.. PortsOf(instance.Settings.Ports)],
            Limits = new ContainerLimits
            {
                MemoryBytes = instance.Settings.Container.MemoryMegabytes * 1_000_000L,
                Cpus = Math.Min(instance.Settings.Container.CpuCores, host.Cpus), // Docker refuses more than there are
                RestartPolicy = "unless-stopped",
            },
            StopGrace = StopGrace,
            LogBytes = LogBytes,
            HealthCheck = Health,
        };

    private static IEnumerable<ContainerPort> PortsOf(PortSettings ports)
    {
        (int? Port, int Private, string? Address)[] all =
            [(ports.Http, 80, ports.BindAddress), (ports.Https, 443, ports.BindAddress), (ports.Ssh, 22, ports.SshBindAddress)];
        return all.Where(one => one.Port is not null).Select(one => new ContainerPort(one.Private, "tcp", one.Address ?? Loopback, one.Port!.Value));
    }
}
