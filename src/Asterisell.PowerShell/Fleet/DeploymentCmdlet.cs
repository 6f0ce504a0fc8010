using System.Collections.Concurrent;
using Asterisell.Engine.Deployment;
using Asterisell.Engine.Operations;

namespace Asterisell.PowerShell.Fleet;

/// <summary>A cmdlet that installs or removes instances step by step; the result tells each.</summary>
public abstract class DeploymentCmdlet : ChangeCmdlet
{
    private readonly ConcurrentDictionary<string, DeploymentLog> logs = new();

    private protected DeploymentCmdlet()
    {
    }

    /// <inheritdoc/>
    protected override object? ResultOf(FleetOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return new DeploymentResult(
            outcome.Instance.Name, outcome.Instance.HostName, Operation, outcome.Status, outcome.StartedAt, outcome.Duration, outcome.Message)
        {
            Steps = logs.TryGetValue(outcome.Instance.ToString(), out DeploymentLog? log) ? log.Steps : [],
        };
    }

    /// <summary>Where the steps of an instance are kept; each is also said for <c>-Verbose</c> when it begins.</summary>
    private protected DeploymentLog LogOf(AsterisellInstance instance) => logs.GetOrAdd(
        instance.ToString(), _ => new DeploymentLog(instance, Operation, step => WriteVerbose($"{instance}: {step}")));
}
