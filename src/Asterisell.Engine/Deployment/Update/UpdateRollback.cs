using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Packages;
using Asterisell.Engine.Instances.Power;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Update;

/// <summary>Puts back what an update changed: files, configuration, services, database, files to be imported, locks. Every step can be done again.</summary>
/// <param name="instance">Instance.</param>
/// <param name="checkpoint">Brings the database back.</param>
/// <param name="store">Journal.</param>
/// <param name="trace">Told what is done.</param>
/// <param name="options">How long to wait.</param>
internal sealed class UpdateRollback(IInstance instance, IDataCheckpoint checkpoint, JournalStore store, UpdateTrace trace, UpdateOptions options)
{
    /// <summary>What did not come back by then wants a restart of the container.</summary>
    private static readonly TimeSpan ServiceLimit = TimeSpan.FromSeconds(20);

    private readonly WebHold _web = new(instance);
    private readonly UpdateAccess _access = new(instance);

    private AsterisellInstance Definition => instance.Definition;

    /// <summary>Does it.</summary>
    /// <param name="journal">How far the update was.</param>
    /// <param name="withSafety">Backs the present data up before they go: somebody may have worked with them since.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellation">Gives up; the next run goes on.</param>
    /// <exception cref="AsterisellException"><c>RolledBackIll</c>, and what the steps throw.</exception>
    public async Task RunAsync(UpdateJournal journal, bool withSafety, IOperationProgress progress, CancellationToken cancellation)
    {
        await trace.Log.RunAsync(
            [new PlainWork("Rollback", async (_, token) => await PutBackAsync(journal, withSafety, progress, token).ConfigureAwait(false))],
            progress, cancellation).ConfigureAwait(false);
        trace.IsRolledBack = true;
    }

    private async Task<bool> PutBackAsync(UpdateJournal journal, bool withSafety, IOperationProgress progress, CancellationToken cancellation)
    {
        progress.Report("undoing the update");
        await _access.ReachAsync(progress, cancellation).ConfigureAwait(false);
        if (journal.Phase >= UpdatePhase.UpgradeJobs && journal is { WithApplication: true, BackupPath: { } path } && !Directory.Exists(path))
        {
            throw UpdateErrors.UpdateBackupElsewhere(Definition, journal);
        }

        await MarkAsync(journal, cancellation).ConfigureAwait(false);
        if (journal.Phase >= UpdatePhase.Drain && journal.CronLocked is not null)
        {
            // What a killed run has left running in the instance goes on until it ends.
            await instance.Application.DrainJobsAsync(options.DrainLimit, progress, cancellation).ConfigureAwait(false);
        }

        if (journal.Phase >= UpdatePhase.Sync)
        {
            await PutFilesBackAsync(journal, progress, cancellation).ConfigureAwait(false);
        }

        if (journal.Phase >= UpdatePhase.UpgradeJobs && journal is { WithApplication: true, BackupPath: { } backup })
        {
            progress.Report("bringing the data back");
            await checkpoint.RestoreAsync(instance, backup, withSafety ? journal.SafetyDestination : null, progress, cancellation).ConfigureAwait(false);
            await UpdateScripts.RunAsync(
                instance, "putting the files to be imported back", UpdateScripts.UndoInput, [Definition.AdminDirectory, store.Folder], null, cancellation).ConfigureAwait(false);
        }

        await OpenAsync(journal, progress, cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>A full disk must not keep anything from being put back; what was brought and not yet used makes room.</summary>
    private async Task MarkAsync(UpdateJournal journal, CancellationToken cancellation)
    {
        if (journal.Phase < UpdatePhase.Sync)
        {
            await UpdateScripts.RunAsync(instance, "making room", UpdateScripts.Discard, [store.Folder], null, cancellation).ConfigureAwait(false);
        }

        try
        {
            await store.WriteAsync(journal with { IsGoingBack = true }, cancellation).ConfigureAwait(false);
        }
        catch (AsterisellException full) when (full.Kind == ErrorKind.ResourceExhausted)
        {
            // The journal says what was begun, which is enough to begin this anew.
        }
    }

    private async Task PutFilesBackAsync(UpdateJournal journal, IOperationProgress progress, CancellationToken cancellation)
    {
        if (journal.WithApplication)
        {
            await _web.HoldAsync(cancellation).ConfigureAwait(false);
            progress.Report("putting the files back");
            await UpdateScripts.RunAsync(
                instance, "putting the application back", UpdateScripts.UndoTree,
                [Definition.AdminDirectory, Definition.UserDirectory, store.Folder], null, cancellation).ConfigureAwait(false);
            await _web.HoldAsync(cancellation).ConfigureAwait(false);
        }

        await UpdateScripts.RunAsync(
            instance, "putting the configuration back", UpdateScripts.UndoFiles, [store.Folder], null, cancellation).ConfigureAwait(false);
        await ApplicationCaches.ClearAsync(instance, cancellation).ConfigureAwait(false);

        // Before the reload no service has read anything new, but for php-fpm, which compiles files as they are asked for.
        string[] services = journal.Phase >= UpdatePhase.Reload ? [.. journal.Services] : [.. journal.Services.Where(service => service == "php" && journal.WithApplication)];
        try
        {
            await ServiceReload.RunAsync(instance, services, progress, cancellation).ConfigureAwait(false);
            await _access.WaitForDatabaseAsync(progress, cancellation).ConfigureAwait(false);
        }
        catch (AsterisellException failure) when (failure.Kind is ErrorKind.CommandFailed or ErrorKind.Connection)
        {
            // supervisord gives up a service that did not start with the new files; only a restart of the container brings it back.
            await RestartAsync(progress, cancellation).ConfigureAwait(false);
        }
    }

    private async Task OpenAsync(UpdateJournal journal, IOperationProgress progress, CancellationToken cancellation)
    {
        progress.Report("testing the instance");

        // Where no service has read anything new, none is less healthy than before.
        if (journal.Phase >= (journal.WithApplication ? UpdatePhase.Sync : UpdatePhase.Reload))
        {
            var health = new InstanceHealth(instance);
            TimeSpan first = options.HealthLimit < ServiceLimit ? options.HealthLimit : ServiceLimit;
            if ((await health.WaitAsync(journal.Before.Missing, first, progress, cancellation).ConfigureAwait(false)).Count > 0)
            {
                await RestartAsync(progress, cancellation).ConfigureAwait(false);
                IReadOnlyList<string> missing = await health.WaitAsync(journal.Before.Missing, options.HealthLimit, progress, cancellation).ConfigureAwait(false);
                if (missing.Count > 0)
                {
                    throw UpdateErrors.RolledBackIll(Definition, missing);
                }
            }
        }

        if (journal.WebLocked is { } webLocked)
        {
            await _web.ReleaseAsync(webLocked, cancellation).ConfigureAwait(false);
        }

        if (journal.CronLocked is { } cronLocked)
        {
            await instance.Application.RestoreCronAsync(
                new ApplicationLocks(cronLocked, journal.WebLocked ?? false, null), cancellation).ConfigureAwait(false);
        }

        trace.Journal = journal with { Downtime = journal.LockedAt is { } since ? DateTimeOffset.UtcNow - since : null };
        await store.RemoveAsync(journal, cancellation).ConfigureAwait(false);
    }

    private async Task RestartAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        // Whether it is healthy is judged by what it was before, not by what a start usually waits for.
        await new InstancePower(instance).RestartAsync(
            new StopOptions { SkipDrain = true }, new StartOptions { HealthLimit = null }, progress, cancellation).ConfigureAwait(false);
        await _access.WaitForDatabaseAsync(progress, cancellation).ConfigureAwait(false);
    }
}
