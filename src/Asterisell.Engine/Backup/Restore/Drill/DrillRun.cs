using Asterisell.Engine.Backup.Verification;

namespace Asterisell.Engine.Backup.Restore.Drill;

/// <summary>What one drill does and sees.</summary>
internal sealed class DrillRun(SnapshotSource source)
{
    public SnapshotSource Source { get; } = source;

    public StepLog Log { get; } = new();

    public FindingList Findings { get; } = new();

    public string Image { get; set; } = string.Empty;

    public RestoreOutcome? Outcome { get; set; }

    public WebStatus? Web { get; set; }

    public string? Application { get; set; }

    /// <summary>The evidence.</summary>
    public DrillEvidence Describe(BackupVerdict verdict, string manifestSha256, DrillOptions options) => new()
    {
        Snapshot = verdict.SnapshotId,
        ManifestSha256 = manifestSha256,
        StartedAt = verdict.TestedAt,
        Seconds = Math.Round(verdict.Duration.TotalSeconds, 3),
        Passed = verdict.Passed,
        Host = options.Host.Name,
        Machine = Environment.MachineName,
        Image = Image,
        Application = Application,
        Rows = Outcome?.Rows ?? new Dictionary<string, long>(),
        Days = Outcome is null ? 0 : Source.Manifest.Database.Days.Count,
        AppliedUpgradeJobs = Outcome?.AppliedUpgradeJobs ?? [],
        AdminWeb = Web?.Admin,
        CustomerWeb = Web?.Customer,
        Steps = Log.Steps.GroupBy(step => step.Step).ToDictionary(group => group.Key, group => Math.Round(group.Sum(step => step.Duration.TotalSeconds), 3)),
        Findings = [.. verdict.Findings.Select(finding => finding.ToString())],
    };
}
