using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Maintenance;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Lets customers into the web application again, and checks that their page answers.</summary>
[Cmdlet(VerbsLifecycle.Enable, Noun.Web, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true)]
[OutputType(typeof(LockResult))]
public sealed class EnableAsterisellWebCommand : LockCmdlet
{
    /// <inheritdoc/>
    protected override string Operation => "EnableWeb";

    /// <inheritdoc/>
    protected override string Activity => "Enabling the web application";

    private protected override string Action => "Let customers into the web application again";

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation) =>
        await new WebSwitch(instance).EnableAsync(progress, cancellation);
}
