using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations.Leases;

namespace Asterisell.PowerShell.Module;

/// <summary>The one place where the cmdlets choose implementations of Engine's interfaces.</summary>
internal static class EngineFactory
{
    internal static IDockerConnector CreateConnector() => new DockerConnector();

    internal static InstanceLeases CreateLeases(IDockerConnector docker) => new(docker);

    internal static IInstanceOpener CreateOpener(IDockerConnector docker) => new InstanceOpener(docker);
}
