using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Power;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Stops instances: waits for their jobs, lets the database end, then stops the container.</summary>
[Cmdlet(VerbsLifecycle.Stop, Noun.Instance, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true)]
[OutputType(typeof(OperationResult))]
public sealed class StopAsterisellInstanceCommand : StopCmdlet
{
    /// <inheritdoc/>
    protected override string Operation => "Stop";

    /// <inheritdoc/>
    protected override string Activity => "Stopping instances";

    private protected override IEnumerable<string> Describe(AsterisellInstance instance) => DescribeStop();

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(
        IInstance instance, IOperationProgress progress, CancellationToken cancellation) =>
        await new InstancePower(instance).StopAsync(StopOptions(), progress, cancellation);
}
