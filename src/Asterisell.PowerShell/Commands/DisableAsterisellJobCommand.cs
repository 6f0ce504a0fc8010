using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Maintenance;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Keeps scheduled jobs from starting. With <c>-Wait</c> it returns when no pass runs any more.</summary>
[Cmdlet(VerbsLifecycle.Disable, Noun.Job, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true)]
[OutputType(typeof(LockResult))]
public sealed class DisableAsterisellJobCommand : LockCmdlet
{
    /// <summary>Waits until nothing of the application runs, as long as <c>-TimeoutSec</c> allows; without that there is no limit.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    private protected override TimeSpan? InstanceLimit => Wait ? null : Limit;

    /// <inheritdoc/>
    protected override string Operation => "DisableJob";

    /// <inheritdoc/>
    protected override string Activity => "Disabling jobs";

    private protected override string Action => "Keep scheduled jobs from starting";

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation) =>
        await new JobSwitch(instance).DisableAsync(Wait, Limit, progress, cancellation);
}
