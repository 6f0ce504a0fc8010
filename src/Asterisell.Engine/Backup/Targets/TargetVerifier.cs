using System.Diagnostics;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Verification;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Targets;

/// <summary>Tests backups wherever they are. Of a remote one no more is fetched than the test needs.</summary>
public sealed class TargetVerifier(TimeProvider clock)
{
    /// <summary>Tests one backup and keeps the verdict: beside it in a folder of this machine, else with what this machine knows of the target.</summary>
    /// <param name="target">Where it is.</param>
    /// <param name="backup">One that this target listed.</param>
    /// <param name="level">How deep.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellation">Ends the test; no verdict is kept then.</param>
    public async Task<BackupVerdict> TestAsync(
        IBackupTarget target, AsterisellBackup backup, BackupTestLevel level, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(backup);
        if (target is not RemoteTarget remote || backup.State == BackupState.Failed)
        {
            return await new BackupVerifier(clock).TestAsync(backup, level, progress, cancellation).ConfigureAwait(false) with { Target = backup.Target };
        }

        DateTimeOffset begin = clock.GetUtcNow();
        long started = Stopwatch.GetTimestamp();
        using WorkFolder scratch = WorkFolder.Create(StateFolder.StagingOf(remote.Definition), backup.ToString());
        AsterisellBackup local = await remote.FetchAsync(
            backup, scratch.Path, level == BackupTestLevel.Manifest ? _ => false : null, progress, cancellation).ConfigureAwait(false);
        BackupVerdict verdict;
        string sha256;
        if (level == BackupTestLevel.Manifest)
        {
            FindingList findings = new();
            (sha256, long bytes) = await SnapshotPapers.CheckAsync(local.Path, Stores.SnapshotName.Of(backup), findings, cancellation).ConfigureAwait(false);
            foreach (BackupFinding finding in findings.FailureCount > 0 ? [] : await remote.CheckAsync(backup, cancellation).ConfigureAwait(false))
            {
                findings.Add(finding);
            }

            verdict = new(
                backup.Name, backup.HostName, backup.SnapshotId, backup.Path, level, findings.FailureCount == 0, begin, default, bytes, findings.ToList());
        }
        else
        {
            verdict = await new BackupVerifier(clock).TestAsync(local, level, progress, cancellation).ConfigureAwait(false);
            sha256 = (await Manifest.ManifestFile.ReadAsync(local.Path, cancellation).ConfigureAwait(false)).Sha256;
        }

        verdict = verdict with { Path = backup.Path, Target = backup.Target, TestedAt = begin, Duration = Stopwatch.GetElapsedTime(started) };
        if (sha256.Length > 0)
        {
            StoredVerdict stored = new(backup.SnapshotId, sha256, level, verdict.Passed, begin, verdict.Findings.Count(finding => finding.IsFailure));
            await remote.KeepAsync(backup, stored, cancellation).ConfigureAwait(false);
        }

        return verdict;
    }
}
