using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.PowerShell.Module;

/// <summary>The one place where the cmdlets choose implementations of Engine's interfaces.</summary>
internal static class EngineFactory
{
    internal static IDockerConnector CreateConnector() => new DockerConnector();

    internal static IInstanceOpener CreateOpener(IDockerConnector docker) => new InstanceOpener(docker);
}
