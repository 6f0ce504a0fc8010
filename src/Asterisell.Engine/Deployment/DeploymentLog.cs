using System.Diagnostics;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment;

/// <summary>Runs steps one after the other and keeps what became of each, also when one fails.</summary>
/// <param name="instance">Instance.</param>
/// <param name="operation"><c>Install</c> or <c>Uninstall</c>.</param>
/// <param name="onStep">Told each step when it begins; null for nobody.</param>
public sealed class DeploymentLog(AsterisellInstance instance, string operation, Action<string>? onStep = null)
{
    private readonly List<DeploymentStep> _steps = [];
    private readonly DateTimeOffset _startedAt = DateTimeOffset.UtcNow;
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>What became of the steps so far.</summary>
    public IReadOnlyList<DeploymentStep> Steps
    {
        get
        {
            lock (_steps)
            {
                return _steps.ToArray();
            }
        }
    }

    /// <summary>True when some step had something to do.</summary>
    internal bool HasChanged => Steps.Any(step => step.Status == OperationStatus.Succeeded);

    internal async Task RunAsync(IEnumerable<IDeploymentWork> steps, IOperationProgress progress, CancellationToken cancellation)
    {
        foreach (IDeploymentWork step in steps)
        {
            cancellation.ThrowIfCancellationRequested();
            onStep?.Invoke(step.Name);
            progress.Report(step.Name);
            long start = Stopwatch.GetTimestamp();
            OperationStatus status = OperationStatus.Failed;
            try
            {
                status = await step.RunAsync(progress, cancellation).ConfigureAwait(false) ? OperationStatus.Succeeded : OperationStatus.Unchanged;
            }
            finally
            {
                lock (_steps)
                {
                    _steps.Add(new DeploymentStep(step.Name, status, Stopwatch.GetElapsedTime(start)));
                }
            }
        }
    }

    internal DeploymentResult End(OperationStatus status, string message) => new(
        instance.Name, instance.HostName, operation, status, _startedAt, Stopwatch.GetElapsedTime(_start), message) { Steps = Steps };
}
