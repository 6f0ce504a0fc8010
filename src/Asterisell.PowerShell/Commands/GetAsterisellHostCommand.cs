using System.Management.Automation;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Hosts;
using Asterisell.PowerShell.Hosts;

namespace Asterisell.PowerShell.Commands;

/// <summary>Asks Docker hosts what they are: engine, machine, clock, and how many instances run there.</summary>
[Cmdlet(VerbsCommon.Get, Noun.Host)]
[OutputType(typeof(HostInfo))]
public sealed class GetAsterisellHostCommand : HostCmdlet
{
    private protected override async Task ProcessHostAsync(
        AsterisellHost host, IReadOnlyList<AsterisellInstance> instances, IDockerConnector connector) =>
        WriteObject(await new HostInspector(connector).InspectAsync(host, instances, Stop));
}
