using Asterisell.Engine.Operations;

namespace Asterisell.PowerShell.Fleet;

/// <summary>A cmdlet that sets or removes one of the application's locks.</summary>
public abstract class LockCmdlet : ChangeCmdlet
{
    private protected LockCmdlet()
    {
    }

    /// <inheritdoc/>
    protected sealed override object? ResultOf(FleetOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return new LockResult(
            outcome.Instance.Name, outcome.Instance.HostName, Operation, outcome.Status, outcome.StartedAt, outcome.Duration, outcome.Message);
    }
}
