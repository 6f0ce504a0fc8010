using System.Diagnostics;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Restore;

/// <summary>Runs the steps of a restore and keeps what became of each, also of the one that fails.</summary>
/// <param name="onStep">Told each step when it begins; null for nobody.</param>
public sealed class StepLog(Action<string>? onStep = null)
{
    private readonly List<DeploymentStep> _steps = [];

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

    /// <summary>Runs one.</summary>
    internal async Task<T> RunAsync<T>(string name, string said, IOperationProgress? progress, Func<Task<T>> body)
    {
        onStep?.Invoke(name);
        progress?.Report(said);
        long start = Stopwatch.GetTimestamp();
        OperationStatus status = OperationStatus.Failed;
        try
        {
            T result = await body().ConfigureAwait(false);
            status = OperationStatus.Succeeded;
            return result;
        }
        finally
        {
            lock (_steps)
            {
                _steps.Add(new DeploymentStep(name, status, Stopwatch.GetElapsedTime(start)));
            }
        }
    }

    /// <summary>Runs one that gives nothing.</summary>
    internal Task RunAsync(string name, string said, IOperationProgress? progress, Func<Task> body) => RunAsync(name, said, progress, async () =>
    {
        await body().ConfigureAwait(false);
        return true;
    });
}
