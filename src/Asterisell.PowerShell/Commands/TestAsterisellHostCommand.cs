using System.Management.Automation;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Hosts;
using Asterisell.PowerShell.Hosts;

namespace Asterisell.PowerShell.Commands;

/// <summary>Checks whether Docker hosts are fit for their instances: engine, storage, huge pages, disk, memory, clock, ports.</summary>
[Cmdlet(VerbsDiagnostic.Test, Noun.Host)]
[OutputType(typeof(HostCheck))]
public sealed class TestAsterisellHostCommand : HostCmdlet
{
    private protected override async Task ProcessHostAsync(
        AsterisellHost host, IReadOnlyList<AsterisellInstance> instances, IDockerConnector connector) =>
        WriteObject(await new HostTester(connector).TestAsync(host, instances, Stop), enumerateCollection: true);
}
