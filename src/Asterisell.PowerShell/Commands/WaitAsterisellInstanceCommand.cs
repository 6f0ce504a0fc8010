using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Waiting;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Waits until instances are in a condition, and passes each on when it is.</summary>
[Cmdlet(VerbsLifecycle.Wait, Noun.Instance, DefaultParameterSetName = ParameterSet.Name)]
[OutputType(typeof(AsterisellInstance))]
public sealed class WaitAsterisellInstanceCommand : InstanceCmdlet
{
    /// <summary>Creates the cmdlet; a wait that nobody limits ends after ten minutes.</summary>
    public WaitAsterisellInstanceCommand() => TimeoutSec = 600;

    /// <summary>What to wait for: Healthy (services, database and both web applications answer), Running, Stopped, JobsIdle.</summary>
    [Parameter]
    public WaitCondition For { get; set; } = WaitCondition.Healthy;

    /// <inheritdoc/>
    protected override string Activity => $"Waiting for {For}";

    /// <inheritdoc/>
    protected override async Task ProcessInstanceAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        // Stop, not the cancellation that ends at -TimeoutSec too: the waiter keeps that limit itself, and knows what was missing.
        await new InstanceWaiter(instance).WaitAsync(For, TimeSpan.FromSeconds(TimeoutSec), progress, Stop);
        WriteObject(instance.Definition);
    }

    /// <summary>To wait costs little: all at once, else the last ones would not be looked at before the first are there.</summary>
    private protected override IReadOnlyList<AsterisellInstance> Admit(IReadOnlyList<AsterisellInstance> chosen)
    {
        if (!MyInvocation.BoundParameters.ContainsKey(nameof(ThrottleLimit)))
        {
            ThrottleLimit = Math.Clamp(chosen.Count, 1, 1000);
        }

        return chosen;
    }
}
