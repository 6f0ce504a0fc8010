using System.Management.Automation;
using Asterisell.Engine.Operations.Leases;

namespace Asterisell.PowerShell.Fleet;

/// <summary>
/// A cmdlet that changes each of the instances chosen, holding its lease meanwhile: no other operator changes it at the same time, from whatever
/// machine.
/// </summary>
/// <remarks>Derived cmdlets say <c>SupportsShouldProcess = true</c> in their Cmdlet attribute.</remarks>
public abstract class ChangeCmdlet : AuditedCmdlet
{
    private protected ChangeCmdlet()
    {
    }

    /// <summary>Longest wait for another operator who is changing the instance, in seconds. Without it, that is an error at once.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    public int LeaseTimeoutSec { get; set; }

    private protected sealed override LeaseOptions? Lease => new(MyInvocation.MyCommand.Name) { Wait = TimeSpan.FromSeconds(LeaseTimeoutSec) };
}
