using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Jobs;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Runs a job pass now and says how each of its jobs ended.</summary>
[Cmdlet(VerbsLifecycle.Invoke, Noun.Job, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true)]
[OutputType(typeof(JobRun))]
public sealed class InvokeAsterisellJobCommand : ChangeCmdlet
{
    /// <summary>Makes every job due first, also the daily ones and those that wait for their hour, and asks nothing.</summary>
    [Parameter]
    public override SwitchParameter Force { get; set; }

    /// <summary>Runs the pass in the application's debug mode and keeps its log as a file.</summary>
    [Parameter]
    public SwitchParameter DebugMode { get; set; }

    /// <summary>Folder for the logs of <c>-DebugMode</c>, one file an instance; the current one unless told. It is made when it is missing.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string LogPath { get; set; } = ".";

    /// <inheritdoc/>
    protected override string Operation => "InvokeJob";

    /// <inheritdoc/>
    protected override string Activity => "Running jobs";

    private protected override string Action => Force ? "Run all jobs, also those that are not due" : "Run the jobs that are due";

    /// <summary>The pass itself obeys -TimeoutSec: it says that it goes on.</summary>
    private protected override TimeSpan? InstanceLimit => null;

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        var options = new JobPassOptions
        {
            Force = Force,
            DebugLogFolder = DebugMode ? GetUnresolvedProviderPathFromPSPath(LogPath) : null,
            Limit = Limit,
        };
        try
        {
            return await new JobPass(instance).RunAsync(options, progress, Tell, cancellation);
        }
        catch (OperationCanceledException) when (Stop.IsCancellationRequested)
        {
            // The pipeline takes nothing more after Ctrl+C, the host does.
            Host.UI.WriteWarningLine($"{instance.Definition}: a pass that was begun goes on; see Get-AsterisellJob {instance.Definition}");
            throw;
        }
    }

    /// <inheritdoc/>
    protected override object? ResultOf(FleetOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome.Failure is JobRunException failure
            ? failure.Run
            : new JobRun(
                outcome.Instance.Name, outcome.Instance.HostName, Operation, outcome.Status, outcome.StartedAt, outcome.Duration, outcome.Message);
    }

    private void Tell(InstanceJob job) =>
        WriteVerbose($"{job.HostName}/{job.Name}: {job.Job}: {job.State}{(job.Message.Length == 0 ? "" : $" ({job.Message})")}");
}
