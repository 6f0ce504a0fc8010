using System.Management.Automation;
using Asterisell.Engine.Instances.Power;

namespace Asterisell.PowerShell.Fleet;

/// <summary>A cmdlet that stops instances, whether or not it starts them again.</summary>
public abstract class StopCmdlet : ChangeCmdlet
{
    private protected StopCmdlet()
    {
    }

    /// <summary>Longest wait for a running job pass, in seconds. When it is over, nothing is stopped.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    public int DrainTimeoutSec { get; set; } = 600;

    /// <summary>Stops without waiting for jobs; a running pass is interrupted, and the next one reports it as a critical problem.</summary>
    [Parameter]
    public SwitchParameter SkipDrain { get; set; }

    /// <summary>Time for the database to end, in seconds. When it is over the database is killed, and that is a failure.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int GraceSec { get; set; } = 300;

    /// <summary>The steps of a stop, in words.</summary>
    private protected IEnumerable<string> DescribeStop()
    {
        yield return SkipDrain
            ? "Leave jobs out of account: a running pass is interrupted"
            : $"Keep jobs from starting and wait for a running pass, {DrainTimeoutSec} s at most";
        yield return $"End the database, with {GraceSec} s for it, then stop the container";
    }

    private protected StopOptions StopOptions() => new()
    {
        DrainLimit = TimeSpan.FromSeconds(DrainTimeoutSec),
        SkipDrain = SkipDrain,
        Grace = TimeSpan.FromSeconds(GraceSec),
    };
}
