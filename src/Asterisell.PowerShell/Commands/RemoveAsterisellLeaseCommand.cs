using System.Globalization;
using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;
using Asterisell.Engine.Operations.Leases;
using Asterisell.PowerShell.Fleet;
using Asterisell.PowerShell.Module;

namespace Asterisell.PowerShell.Commands;

/// <summary>
/// Removes the leases of instances. One whose holder is gone needs no removal, for the next command takes it over; one whose holder is still at
/// work makes that operation stop within 15 seconds, where it is.
/// </summary>
[Cmdlet(VerbsCommon.Remove, Noun.Lease, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(OperationResult))]
public sealed class RemoveAsterisellLeaseCommand : AuditedCmdlet
{
    private const string Caption = "Remove the lease of an operator who is at work";

    /// <inheritdoc/>
    protected override string Operation => "RemoveLease";

    private protected override string Action => "Remove the lease";

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        AsterisellInstance definition = instance.Definition;
        InstanceLeases leases = ModuleSession.Current.Leases;
        DateTimeOffset begin = DateTimeOffset.UtcNow;
        OperationResult Result(OperationStatus status, string message) =>
            new(definition.Name, definition.HostName, Operation, status, begin, DateTimeOffset.UtcNow - begin, message);

        if (await leases.FindAsync(definition.Host, definition.Name, cancellation) is not { } lease)
        {
            return Result(OperationStatus.Unchanged, "There is no lease.");
        }

        if (lease.State == LeaseState.Active && !Force && !IsWanted(lease))
        {
            return Result(OperationStatus.Skipped, $"It was kept: {lease}.");
        }

        await leases.RemoveAsync(definition.Host, lease, cancellation);
        return Result(OperationStatus.Succeeded, $"Removed the lease of {lease.Since:yyyy-MM-dd HH:mm:ss} UTC: {lease}.");
    }

    private bool IsWanted(AsterisellLease lease)
    {
        try
        {
            return ShouldContinue(Question(lease), Caption);
        }
        catch (Exception nobody) when (nobody is InvalidOperationException or NotImplementedException or System.Management.Automation.Host.HostException)
        {
            throw CommandErrors.LeaseInUse(lease);
        }
    }

    private static string Question(AsterisellLease lease) => string.Create(
        CultureInfo.InvariantCulture,
        $"{lease.HostName}/{lease.Name}: {lease} is changing it since {lease.Since:yyyy-MM-dd HH:mm:ss} UTC; last sign of life {lease.Silence.TotalSeconds:0} s ago. Without its lease it stops where it is. Remove it?");
}
