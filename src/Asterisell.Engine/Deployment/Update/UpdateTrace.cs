using System.Diagnostics;

namespace Asterisell.Engine.Deployment.Update;

/// <summary>What is told of one update, also of one that failed.</summary>
/// <param name="instance">Instance.</param>
/// <param name="onStep">Told each phase when it begins; null for nobody.</param>
public sealed class UpdateTrace(AsterisellInstance instance, Action<string>? onStep = null)
{
    private readonly DateTimeOffset _startedAt = DateTimeOffset.UtcNow;
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Phases so far.</summary>
    internal DeploymentLog Log { get; } = new(instance, "Update", onStep);

    /// <summary>The journal as it is now; null before there is one.</summary>
    internal UpdateJournal? Journal { get; set; }

    /// <summary>True when everything was put back.</summary>
    internal bool IsRolledBack { get; set; }

    /// <summary>True when the instance was left as it is.</summary>
    internal bool IsOpen { get; set; }

    /// <summary>The result.</summary>
    /// <param name="status">How it ended.</param>
    /// <param name="message">What was done, or why it failed.</param>
    public UpdateResult End(OperationStatus status, string message)
    {
        UpdateJournal? journal = Journal;
        bool done = status is OperationStatus.Succeeded or OperationStatus.Unchanged;
        return new UpdateResult(instance.Name, instance.HostName, "Update", status, _startedAt, Stopwatch.GetElapsedTime(_start), message)
        {
            Phase = journal?.Phase ?? UpdatePhase.Preflight,
            Scope = journal?.Scope ?? 0,
            FromVersion = journal?.FromVersion,
            ToVersion = journal?.ToVersion,
            Downtime = journal?.Downtime,
            IsRolledBack = IsRolledBack,
            IsOpen = IsOpen,
            WrittenFiles = done ? journal?.WrittenFiles ?? 0 : 0,
            RemovedFiles = done ? journal?.RemovedFiles ?? 0 : 0,
            ConfigurationFiles = done ? journal?.ConfigurationFiles ?? [] : [],
            AppliedUpgradeJobs = done ? journal?.AppliedUpgradeJobs ?? [] : [],
            BackupPath = journal?.BackupPath,
            Notes = journal?.Notes ?? [],
            Steps = Log.Steps,
        };
    }
}
