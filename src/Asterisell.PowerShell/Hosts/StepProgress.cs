using System.Diagnostics;
using System.Management.Automation;
using Asterisell.Engine.Operations;

namespace Asterisell.PowerShell.Hosts;

/// <summary>Shows one operation as PowerShell progress, a few times a second however often it reports. Disposed, it is shown no more.</summary>
internal sealed class StepProgress(int id, string activity, Action<ProgressRecord> write) : IOperationProgress, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch sinceShown = new();
    private int percent = -1;

    /// <inheritdoc/>
    public void Report(string value)
    {
        if (sinceShown.IsRunning && sinceShown.Elapsed < Interval)
        {
            return;
        }

        write(new ProgressRecord(id, activity, value) { PercentComplete = percent });
        sinceShown.Restart();
    }

    /// <inheritdoc/>
    public void Report(string step, int percent)
    {
        this.percent = percent;
        Report(step);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (sinceShown.IsRunning)
        {
            write(new ProgressRecord(id, activity, "done") { RecordType = ProgressRecordType.Completed });
        }
    }
}
