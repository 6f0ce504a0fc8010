using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Maintenance;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Lets scheduled jobs start again, and removes a stale job lock that would keep them from running.</summary>
[Cmdlet(VerbsLifecycle.Enable, Noun.Job, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true)]
[OutputType(typeof(LockResult))]
public sealed class EnableAsterisellJobCommand : LockCmdlet
{
    /// <inheritdoc/>
    protected override string Operation => "EnableJob";

    /// <inheritdoc/>
    protected override string Activity => "Enabling jobs";

    private protected override string Action => "Let scheduled jobs start again";

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation) =>
        await new JobSwitch(instance).EnableAsync(progress, cancellation);
}
