using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Power;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Starts instances and waits until their services, database and web applications answer.</summary>
[Cmdlet(VerbsLifecycle.Start, Noun.Instance, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true)]
[OutputType(typeof(OperationResult))]
public sealed class StartAsterisellInstanceCommand : ChangeCmdlet
{
    /// <summary>Longest wait for an instance to become healthy, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int WaitTimeoutSec { get; set; } = 300;

    /// <summary>Returns as soon as the container runs.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <inheritdoc/>
    protected override string Operation => "Start";

    /// <inheritdoc/>
    protected override string Activity => "Starting instances";

    private protected override IEnumerable<string> Describe(AsterisellInstance instance)
    {
        yield return "Start the container";
        if (!NoWait)
        {
            yield return $"Wait until services, database and web applications answer, {WaitTimeoutSec} s at most";
        }
    }

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(
        IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        var options = new StartOptions { HealthLimit = NoWait ? null : TimeSpan.FromSeconds(WaitTimeoutSec) };
        return await new InstancePower(instance).StartAsync(options, progress, cancellation);
    }
}
