using System.Globalization;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Restore;

/// <summary>Restores one backup into a running instance. Where it fails, the data from before are put back.</summary>
public sealed class InstanceRestore(TimeProvider clock)
{
    /// <summary>The steps in words, for who asks beforehand.</summary>
    public static IEnumerable<string> Describe(AsterisellInstance instance, RestoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(options);
        yield return "Read the whole backup and refuse it if it is damaged";
        yield return "Wait for its jobs, lock them and the customers' web";
        yield return options.SafetyDestination is { } safety ? $"Back up the present data into {safety} and test that backup" : "Make no backup of the present data";
        if (options.Tables.Count > 0)
        {
            yield return $"Load beside the present database, compare the rows, then exchange the tables {string.Join(", ", options.Tables)}";
        }
        else if (options.Include.HasFlag(RestoreContent.Database))
        {
            yield return "Load the database beside the present one, compare the rows of every table, then exchange them";
        }

        RestoreContent files = options.Include & (RestoreContent.Configuration | RestoreContent.Uploads | RestoreContent.Etc);
        if (files != RestoreContent.None)
        {
            yield return $"Exchange files: {files}";
        }

        yield return "Apply upgrade jobs that the backup is older than, clear the caches, unlock what was not locked before";
    }

    /// <summary>Puts back what a restore left that was killed, or removes what is left of one that was final.</summary>
    /// <returns>What was done, in words; null where there was nothing to do.</returns>
    public static async Task<string?> RecoverAsync(IInstance instance, CancellationToken cancellation) =>
        await ReplacementRecovery.RunAsync(instance, null, cancellation).ConfigureAwait(false);

    /// <summary>Restores.</summary>
    /// <param name="instance">Instance that is restored into; it need not be the one of the backup.</param>
    /// <param name="backup">Backup.</param>
    /// <param name="options">What and how.</param>
    /// <param name="log">Keeps what became of each step, also where this throws.</param>
    /// <param name="progress">Told what is being done; null for nobody.</param>
    /// <param name="cancellation">Ends it; the data from before are put back.</param>
    /// <exception cref="AsterisellException">See <see cref="RestoreErrors"/>, and what MariaDB says.</exception>
    public async Task<RestoreResult> RestoreAsync(
        IInstance instance, AsterisellBackup backup, RestoreOptions options, StepLog log, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(backup);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(log);
        DateTimeOffset begin = clock.GetUtcNow();
        long started = clock.GetTimestamp();
        await RequireRunningAsync(instance, cancellation).ConfigureAwait(false);
        using SnapshotUse use = SnapshotUse.Begin(backup);
        await log.RunAsync("Check", "reading the backup", progress, () => CheckAsync(instance, backup, progress, cancellation)).ConfigureAwait(false);
        SnapshotSource source = await SnapshotSource.OpenAsync(instance.Definition.ToString(), backup.Path, cancellation).ConfigureAwait(false);
        RestoreOutcome outcome = await BringAsync(
            instance, source, $"{backup.HostName}/{backup.Name} {backup.SnapshotId}", options, log, progress, cancellation).ConfigureAwait(false);
        long rows = outcome.Rows.Values.Sum();
        string what = outcome.Rows.Count > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{outcome.Rows.Count} tables with {rows} rows agree with the backup")
            : "files were exchanged";
        string jobs = outcome.AppliedUpgradeJobs.Count == 0 ? "" : $" Upgrade jobs applied: {string.Join(", ", outcome.AppliedUpgradeJobs)}.";
        return new RestoreResult(
            instance.Definition.Name, instance.Definition.HostName, "Restore", OperationStatus.Succeeded, begin, clock.GetElapsedTime(started),
            $"Restored {backup.SnapshotId}: {what}.{jobs}")
        {
            SnapshotId = backup.SnapshotId,
            BackupPath = backup.Path,
            BackupCreatedAt = backup.CreatedAt,
            Replaced = outcome.Replaced,
            TableCount = outcome.Rows.Count,
            RowCount = rows,
            CallCount = outcome.CallCount,
            SafetyBackup = outcome.Safety?.Path,
            AppliedUpgradeJobs = outcome.AppliedUpgradeJobs,
            Notes = outcome.Notes,
            Steps = log.Steps,
        };
    }

    /// <summary>Brings the data of any source: everything but the check of the source itself.</summary>
    /// <param name="instance">A running instance.</param>
    /// <param name="source">Where the data come from.</param>
    /// <param name="what">The source in words: it stands in the journal.</param>
    /// <param name="options">What and how.</param>
    /// <param name="log">Keeps what became of each step.</param>
    /// <param name="progress">Told what is being done; null for nobody.</param>
    /// <param name="cancellation">Ends it; the data from before are put back.</param>
    internal async Task<RestoreOutcome> BringAsync(
        IInstance instance, IRestoreSource source, string what, RestoreOptions options, StepLog log, IOperationProgress? progress,
        CancellationToken cancellation)
    {
        RestoreRun run = new(instance, source, options, log, progress);
        await run.PrepareAsync(cancellation).ConfigureAwait(false);
        await DataReplacement.RunAsync(
            instance, what, options.DrainLimit,
            async replacement =>
            {
                await run.ReplaceAsync(replacement, clock, cancellation).ConfigureAwait(false);
                await log.RunAsync("Caches", "clearing the caches", progress, () => ApplicationCaches.ClearAsync(instance, cancellation)).ConfigureAwait(false);
            },
            progress, cancellation).ConfigureAwait(false);
        return run.End();
    }

    /// <summary>Refuses an instance that can't be worked in.</summary>
    internal async Task<ContainerDetail> RequireRunningAsync(IInstance instance, CancellationToken cancellation)
    {
        ContainerDetail container = await instance.InspectAsync(cancellation).ConfigureAwait(false);
        return container.IsRunning && container.State != "paused"
            ? container
            : throw InstanceErrors.InstanceNotRunning(instance.Definition, container, clock.GetUtcNow());
    }

    /// <summary>Reads the whole backup, and refuses one that is damaged.</summary>
    internal async Task CheckAsync(IInstance instance, AsterisellBackup backup, IOperationProgress? progress, CancellationToken cancellation)
    {
        BackupVerdict verdict = await new BackupVerifier(clock).TestAsync(backup, BackupTestLevel.Content, progress, cancellation).ConfigureAwait(false);
        if (!verdict.Passed)
        {
            throw RestoreErrors.RestoreBackupDamaged(instance.Definition.ToString(), backup.Path, [.. verdict.Findings.Select(finding => finding.ToString())]);
        }
    }
}
