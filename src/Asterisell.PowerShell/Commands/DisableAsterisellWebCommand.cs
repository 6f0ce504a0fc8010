using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Maintenance;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Keeps customers out of the web application, and checks by their page that they are. Administrators are let in all the same.</summary>
[Cmdlet(VerbsLifecycle.Disable, Noun.Web, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true)]
[OutputType(typeof(LockResult))]
public sealed class DisableAsterisellWebCommand : LockCmdlet
{
    /// <inheritdoc/>
    protected override string Operation => "DisableWeb";

    /// <inheritdoc/>
    protected override string Activity => "Disabling the web application";

    private protected override string Action => "Keep customers out of the web application";

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation) =>
        await new WebSwitch(instance).DisableAsync(progress, cancellation);
}
