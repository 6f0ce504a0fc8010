using System.Diagnostics;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>What the steps of one backup share: the instance, the snapshot being written, and what is to be told of it. Some run side by side.</summary>
internal sealed class BackupRun(IInstance instance, SnapshotWriter snapshot, IOperationProgress? progress, TimeProvider clock)
{
    private const long ReportInterval = 16 * 1024 * 1024;

    private readonly List<ManifestStage> _stages = [];
    private readonly List<string> _notes = [];

    private readonly object _lock = new();
    private readonly Dictionary<string, long> _reported = [];

    public IInstance Instance { get; } = instance;

    public SnapshotWriter Snapshot { get; } = snapshot;

    /// <summary>The snapshot with which this one may share what did not change; null where there is none.</summary>
    public EarlierSnapshot? Earlier { get; init; }

    /// <summary>What killed runs left of their snapshots, the newest first: whole and broken files. It goes when this run ends.</summary>
    public IReadOnlyList<string> Partials { get; init; } = [];

    /// <summary>For steps that report in their own words; null for nobody.</summary>
    public IOperationProgress? Progress { get; } = progress;

    /// <summary>The instance as messages name it.</summary>
    public string Target { get; } = instance.Definition.ToString();

    /// <summary>Final when all steps have ended, as are the notes.</summary>
    public IReadOnlyList<ManifestStage> Stages => _stages;

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Says something that an operator should know of this snapshot.</summary>
    public void Note(string text)
    {
        lock (_lock)
        {
            _notes.Add(text);
        }
    }

    /// <summary>Says what is being done, when it is worth saying; cheap enough for every piece of data.</summary>
    /// <param name="step">As the operator reads it.</param>
    /// <param name="bytes">Bytes so far; 0 when the step begins.</param>
    /// <param name="expected">Bytes in all, about; 0 where nobody knows.</param>
    public void Report(string step, long bytes, long expected)
    {
        long? percent = expected > 0 ? Math.Min(99, bytes * 100 / expected) : null;
        long said = percent ?? bytes / ReportInterval;
        lock (_lock)
        {
            if (bytes > 0 && _reported.TryGetValue(step, out long before) && before == said)
            {
                return;
            }

            _reported[step] = said;
        }

        if (percent is { } done)
        {
            Progress?.Report(step, (int)done);
        }
        else
        {
            Progress?.Report(step);
        }
    }

    /// <summary>Runs a step and writes down when and how long.</summary>
    /// <param name="name">For the manifest.</param>
    /// <param name="step">As the operator reads it.</param>
    /// <param name="body">The step.</param>
    public async Task<T> StageAsync<T>(string name, string step, Func<Task<T>> body)
    {
        DateTimeOffset begin = clock.GetUtcNow();
        long started = Stopwatch.GetTimestamp();
        Report(step, 0, 0);
        T result = await body().ConfigureAwait(false);
        lock (_lock)
        {
            _stages.Add(new ManifestStage { Name = name, StartedAt = begin, Seconds = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 3) });
        }

        return result;
    }
}
