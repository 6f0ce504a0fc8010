using System.Globalization;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Restore.Application;

/// <summary>
/// Restores the application's own daily backup: what its command <c>data restore</c> does, with the guarantees of a restore. Counts of calls a
/// day decide, not what the application says.
/// </summary>
public sealed class ApplicationRestore(TimeProvider clock)
{
    /// <summary>The steps in words, for who asks beforehand.</summary>
    public static IEnumerable<string> Describe(RestoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        yield return "Refuse the application's own backup where a dump or a folder of calls is missing, empty or cut";
        yield return "Wait for its jobs, lock them and the customers' web";
        yield return options.SafetyDestination is { } safety ? $"Back up the present data into {safety} and test that backup" : "Make no backup of the present data";
        yield return "Load both dumps and the calls of every day beside the present database, compare calls of every day and rows of every table, then exchange them";
        yield return "Let the application make its views, triggers and procedures anew, and apply upgrade jobs that the backup is older than";
        yield return "Clear the caches, unlock what was not locked before";
    }

    /// <summary>Refuses parts: it is the whole database or nothing.</summary>
    /// <exception cref="AsterisellException"><c>ApplicationBackupIsDatabase</c>.</exception>
    public static AsterisellException NotInParts(string parameter) => ApplicationBackupErrors.ApplicationBackupIsDatabase(parameter);

    /// <summary>Restores.</summary>
    /// <param name="instance">Instance that is restored into.</param>
    /// <param name="backup">Snapshot whose copies of the files are taken; null for the instance's own files as they lie in it.</param>
    /// <param name="options">How; everything but the database stays as it is.</param>
    /// <param name="log">Keeps what became of each step, also where this throws.</param>
    /// <param name="progress">Told what is being done; null for nobody.</param>
    /// <param name="cancellation">Ends it; the data from before are put back.</param>
    /// <exception cref="AsterisellException">See <see cref="ApplicationBackupErrors"/>, and what a restore throws.</exception>
    public async Task<RestoreResult> RestoreAsync(
        IInstance instance, AsterisellBackup? backup, RestoreOptions options, StepLog log, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(log);
        DateTimeOffset begin = clock.GetUtcNow();
        long started = clock.GetTimestamp();
        InstanceRestore restore = new(clock);
        ContainerDetail container = await restore.RequireRunningAsync(instance, cancellation).ConfigureAwait(false);
        using SnapshotUse? use = backup is null ? null : SnapshotUse.Begin(backup);
        ApplicationBackupSource source = await log.RunAsync("Check", "reading the application's own backup", progress, async () =>
        {
            SnapshotSource? snapshot = null;
            if (backup is not null)
            {
                await restore.CheckAsync(instance, backup, progress, cancellation).ConfigureAwait(false);
                snapshot = await SnapshotSource.OpenAsync(instance.Definition.ToString(), backup.Path, cancellation).ConfigureAwait(false);
            }

            ApplicationBackupSource opened = new(instance, container, snapshot);
            await opened.CheckAsync(cancellation).ConfigureAwait(false);
            return opened;
        }).ConfigureAwait(false);
        RestoreOutcome outcome = await restore.BringAsync(
            instance, source, $"the application's own backup in {source.Label}", options with { Include = RestoreContent.Database }, log, progress, cancellation)
            .ConfigureAwait(false);
        return Tell(instance.Definition, backup, source, outcome, log, begin, clock.GetElapsedTime(started));
    }

    private static RestoreResult Tell(
        AsterisellInstance instance, AsterisellBackup? backup, ApplicationBackupSource source, RestoreOutcome outcome, StepLog log, DateTimeOffset begin,
        TimeSpan duration)
    {
        long rows = outcome.Rows.Values.Sum();
        string jobs = outcome.AppliedUpgradeJobs.Count == 0 ? "" : $" Upgrade jobs applied: {string.Join(", ", outcome.AppliedUpgradeJobs)}.";
        string made = source.MadeAt!.Value.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
        return new RestoreResult(
            instance.Name, instance.HostName, "Restore", OperationStatus.Succeeded, begin, duration,
            string.Create(CultureInfo.InvariantCulture, $"Restored the application's own backup of {made}: {outcome.Rows.Count} tables with {rows} rows and the calls of every day agree with it.{jobs}"))
        {
            SnapshotId = backup?.SnapshotId ?? string.Empty,
            BackupPath = source.Label,
            BackupCreatedAt = source.MadeAt,
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
}
