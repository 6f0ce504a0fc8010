using System.Management.Automation;
using Asterisell.Engine.Deployment.Volumes;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Inventory;
using Asterisell.PowerShell.Completion;
using Asterisell.PowerShell.Hosts;
using Asterisell.PowerShell.Selection;

namespace Asterisell.PowerShell.Commands;

/// <summary>Lists the volumes of instances on Docker hosts and which instance each belongs to, also after its container is gone.</summary>
[Cmdlet(VerbsCommon.Get, Noun.Volume)]
[OutputType(typeof(AsterisellVolume))]
public sealed class GetAsterisellVolumeCommand : HostCmdlet
{
    private readonly HashSet<(string Host, string Name)> wanted = [];

    /// <summary>Only volumes of these instances; wildcards. They need not be in the inventory any more.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Names]
    [Alias("InstanceName")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InstanceNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Only volumes that no container has.</summary>
    [Parameter]
    public SwitchParameter Orphan { get; set; }

    /// <summary>Also measures them. The engine reads every file of every volume for it, which can take minutes.</summary>
    [Parameter]
    public SwitchParameter Measure { get; set; }

    private protected override void Accept(IReadOnlyList<AsterisellHost> hosts) =>
        wanted.UnionWith(hosts.SelectMany(host => (Name ?? ["*"]).Select(name => (host.Name, name[(name.IndexOf('/') + 1)..]))));

    private protected override async Task ProcessHostAsync(
        AsterisellHost host, IReadOnlyList<AsterisellInstance> instances, IDockerConnector connector)
    {
        IReadOnlyList<AsterisellVolume> all = await new VolumeCatalog(connector).ListAsync(host, instances, Measure, Stop);
        WriteObject(all.Where(IsWanted), enumerateCollection: true);
    }

    private bool IsWanted(AsterisellVolume volume) =>
        (!Orphan || volume.State == VolumeState.Orphan)
        && wanted.Any(one => one.Host == volume.HostName && Wildcard.IsMatch(one.Name, volume.Name));
}
