using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;
using Asterisell.Engine.Operations.Leases;
using Asterisell.PowerShell.Fleet;
using Asterisell.PowerShell.Module;

namespace Asterisell.PowerShell.Commands;

/// <summary>Tells who is changing instances, from which machine and since when. An instance that nobody changes gives nothing.</summary>
[Cmdlet(VerbsCommon.Get, Noun.Lease, DefaultParameterSetName = ParameterSet.Name)]
[OutputType(typeof(AsterisellLease))]
public sealed class GetAsterisellLeaseCommand : InstanceCmdlet
{
    /// <inheritdoc/>
    protected override string Activity => "Looking for leases";

    /// <inheritdoc/>
    protected override async Task ProcessInstanceAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        InstanceLeases leases = ModuleSession.Current.Leases;
        if (await leases.FindAsync(instance.Definition.Host, instance.Definition.Name, cancellation) is { } lease)
        {
            WriteObject(lease);
        }
    }
}
