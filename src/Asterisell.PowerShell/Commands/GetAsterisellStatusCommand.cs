using System.Management.Automation;
using Asterisell.Engine.Hosts;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Tells how instances are: container, services, database, web, locks, jobs, calls, problems, memory, disk, version, backups.</summary>
[Cmdlet(VerbsCommon.Get, Noun.Status, DefaultParameterSetName = ParameterSet.Name)]
[OutputType(typeof(InstanceStatus))]
public sealed class GetAsterisellStatusCommand : InstanceCmdlet
{
    /// <summary>Count call records instead of taking the database's estimate; reads whole tables, which takes minutes for many millions.</summary>
    [Parameter]
    public SwitchParameter Exact { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Reading status";

    /// <inheritdoc/>
    protected override async Task ProcessInstanceAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        WriteObject(await instance.Status.ReadAsync(new StatusOptions { Exact = Exact, HostPlannedBytes = MemoryPlan.OfHost(Inventory.Instances, instance.Definition.HostName) }, cancellation));
    }
}
