using System.Management.Automation;
using Asterisell.Engine.Operations;

namespace Asterisell.PowerShell.Fleet;

/// <summary>
/// Shows a fleet as PowerShell progress: how many are done, and below it what the longest running instances do. It looks a few times a
/// second, however often the operations report.
/// </summary>
internal sealed class FleetProgressView(string activity, FleetProgress progress, Action<ProgressRecord> write)
{
    private const int ParentId = 1;
    private const int MostChildren = 6;

    /// <summary>What is over sooner shows nothing.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    private readonly HashSet<int> shown = [];

    /// <summary>Shows until <paramref name="over"/>, then removes what is shown; to be called on the pipeline thread.</summary>
    internal async Task ShowAsync(CancellationToken over)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                Show();
            }
        }
        catch (OperationCanceledException)
        {
            Clear();
        }
    }

    private void Show()
    {
        int total = progress.Total;
        if (total == 0)
        {
            return;
        }

        string failed = progress.Failed == 0 ? "" : $", {progress.Failed} failed";
        write(new ProgressRecord(ParentId, activity, $"{progress.Ended} of {total} instances done{failed}")
        {
            PercentComplete = (int)(100L * progress.Ended / total),
        });
        shown.Add(ParentId);

        RunningInstance[] running = [.. progress.Running.Take(MostChildren)];
        foreach (int gone in shown.Except(running.Select(ChildId)).Where(id => id != ParentId).ToArray())
        {
            Remove(gone);
        }

        foreach (RunningInstance instance in running)
        {
            write(new ProgressRecord(ChildId(instance), instance.Instance.ToString(), instance.Step)
            {
                ParentActivityId = ParentId,
                PercentComplete = instance.Percent,
            });
            shown.Add(ChildId(instance));
        }
    }

    private void Clear()
    {
        foreach (int id in shown.OrderByDescending(id => id).ToArray())
        {
            Remove(id);
        }
    }

    private void Remove(int id)
    {
        write(new ProgressRecord(id, activity, "done")
        {
            ParentActivityId = id == ParentId ? -1 : ParentId,
            RecordType = ProgressRecordType.Completed,
        });
        shown.Remove(id);
    }

    private static int ChildId(RunningInstance instance) => ParentId + instance.Id;
}
