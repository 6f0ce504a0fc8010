using Asterisell.Engine.Deployment.Drift;
using Asterisell.Engine.Deployment.Install;
using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Inventory.Secrets;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Update;

/// <summary>
/// Updates an instance as one transaction: everything, or nothing. What it changes is kept, how far it is is written down in the instance and on
/// this machine, so that an update that was killed goes on or is undone.
/// </summary>
/// <param name="secrets">Looks up what the configuration refers to.</param>
/// <param name="checkpoint">Backs the data up and brings them back.</param>
/// <param name="source">Refuses checkouts that should not be deployed.</param>
/// <param name="clock">Time.</param>
public sealed class InstanceUpdate(SecretResolver secrets, IDataCheckpoint checkpoint, ISourceCheck source, TimeProvider clock)
{
    /// <summary>Undoing is not cut short by the cancellation that led to it.</summary>
    private static readonly TimeSpan UndoLimit = TimeSpan.FromHours(2);

    private readonly InstanceComparer _comparer = new(secrets);

    /// <summary>Secrets that are looked up.</summary>
    public static IEnumerable<SecretReference> SecretsOf(AsterisellInstance instance) => InstanceInstaller.SecretsOf(instance);

    /// <summary>The steps in words, for who asks beforehand.</summary>
    public static IEnumerable<string> Describe(UpdateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return UpdateSteps.Describe(options);
    }

    /// <summary>The failure that somebody asked for both.</summary>
    public static AsterisellException ResumeOrRollback() => UpdateErrors.ResumeOrRollback();

    /// <summary>Updates.</summary>
    /// <param name="instance">A running instance.</param>
    /// <param name="options">What and how.</param>
    /// <param name="trace">Keeps what became of it, also where this throws.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellation">Ends it; everything is put back.</param>
    /// <returns><c>Unchanged</c> when the instance is as it should be.</returns>
    /// <exception cref="AsterisellException">See <see cref="UpdateErrors"/>, and what the phases throw.</exception>
    public async Task<UpdateResult> UpdateAsync(
        IInstance instance, UpdateOptions options, UpdateTrace trace, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(progress);
        return await LimitAsync(instance, options, trace, token => UpdateCoreAsync(instance, options, trace, progress, token), cancellation).ConfigureAwait(false);
    }

    private async Task<UpdateResult> UpdateCoreAsync(
        IInstance instance, UpdateOptions options, UpdateTrace trace, IOperationProgress progress, CancellationToken cancellation)
    {
        if (options.Scope.HasFlag(UpdateScope.Application) && options.SafetyDestination is null)
        {
            throw UpdateErrors.SafetyPathMissing(instance.Definition);
        }

        var store = new JournalStore(instance);
        UpdateWorld? world = null;
        await trace.Log.RunAsync(
            [new PlainWork(nameof(UpdatePhase.Preflight), async (_, token) =>
            {
                progress.Report("comparing what runs with what is wanted");
                world = await PrepareAsync(instance, options, store, trace, progress, token).ConfigureAwait(false);
                return world is not null;
            })],
            progress, cancellation).ConfigureAwait(false);
        return world is null
            ? trace.End(OperationStatus.Unchanged, "It is as it should be; nothing was changed.")
            : await RunAsync(world, UpdateSteps.Of(world, checkpoint), progress, cancellation).ConfigureAwait(false);
    }

    /// <summary>Goes on with an update that failed with <see cref="UpdateOptions.NoRollback"/> or was killed, from the phase that it came to.</summary>
    /// <returns><c>Unchanged</c> when there is none.</returns>
    /// <exception cref="AsterisellException"><c>UpdateCannotGoOn</c>, <c>UpdateMarkerLost</c>, and those of <see cref="UpdateAsync"/>.</exception>
    public async Task<UpdateResult> ResumeAsync(
        IInstance instance, UpdateOptions options, UpdateTrace trace, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(trace);
        return await LimitAsync(instance, options, trace, token => ResumeCoreAsync(instance, options, trace, progress, token), cancellation).ConfigureAwait(false);
    }

    private async Task<UpdateResult> ResumeCoreAsync(
        IInstance instance, UpdateOptions options, UpdateTrace trace, IOperationProgress progress, CancellationToken cancellation)
    {
        var store = new JournalStore(instance);
        if (await FindAsync(instance, store, progress, cancellation).ConfigureAwait(false) is not { } journal)
        {
            return trace.End(OperationStatus.Unchanged, "No update was left unfinished here.");
        }

        trace.Journal = journal;
        if (journal.IsGoingBack)
        {
            throw UpdateErrors.UpdateCannotGoOn(instance.Definition);
        }

        options = options with
        {
            Scope = journal.Scope,
            Source = journal.Source.Length == 0 ? null : journal.Source,
            SafetyDestination = journal.SafetyDestination,
        };
        if (journal.Phase < UpdatePhase.Drain)
        {
            await store.RemoveAsync(journal, cancellation).ConfigureAwait(false);
            return await UpdateCoreAsync(instance, options, trace, progress, cancellation).ConfigureAwait(false);
        }

        InstanceComparison found = await new Preflight(instance, _comparer, options, clock).CompareAsync(progress, cancellation).ConfigureAwait(false);
        var wanted = new UpdateWanted(found) { WithConfiguration = options.Scope.HasFlag(UpdateScope.Configuration) };

        // What the failed attempt reported is known by now.
        IReadOnlyList<string> known = journal.WithApplication ? await UpdateProblems.ListKeysAsync(instance, cancellation).ConfigureAwait(false) : [];
        journal = journal with { Before = journal.Before with { Problems = [.. journal.Before.Problems.Union(known)] } };
        var world = new UpdateWorld(instance, options, wanted, store, trace, journal);
        IEnumerable<IUpdateWork> left = UpdateSteps.Of(world, checkpoint).Where(work => work.Phase >= journal.Phase);
        if (journal.Phase > UpdatePhase.Drain && journal is { CronLocked: not null, Phase: < UpdatePhase.Finish })
        {
            // What the killed run left running is waited for, and the locks are set again.
            await instance.Application.DrainJobsAsync(options.DrainLimit, progress, cancellation).ConfigureAwait(false);
            if (journal.Phase > UpdatePhase.Lock)
            {
                await world.Web.HoldAsync(cancellation).ConfigureAwait(false);
            }
        }

        return await RunAsync(world, left, progress, cancellation).ConfigureAwait(false);
    }

    /// <summary>Puts everything back that an update has changed that failed with <see cref="UpdateOptions.NoRollback"/> or was killed.</summary>
    /// <returns><c>Unchanged</c> when there is none.</returns>
    /// <exception cref="AsterisellException"><c>UpdateFinal</c>, <c>UpdateBackupElsewhere</c>, <c>UpdateMarkerLost</c>, and what the restore throws.</exception>
    public async Task<UpdateResult> RollBackAsync(
        IInstance instance, UpdateOptions options, UpdateTrace trace, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(trace);
        var store = new JournalStore(instance);
        if (await FindAsync(instance, store, progress, cancellation).ConfigureAwait(false) is not { } journal)
        {
            return trace.End(OperationStatus.Unchanged, "No update was left unfinished here.");
        }

        trace.Journal = journal;
        if (journal.Phase == UpdatePhase.Finish)
        {
            throw UpdateErrors.UpdateFinal(instance.Definition);
        }

        await new UpdateRollback(instance, checkpoint, store, trace, options)
            .RunAsync(journal, withSafety: true, progress, cancellation).ConfigureAwait(false);
        return trace.End(OperationStatus.Succeeded, $"The update that came to {journal.Phase} was undone; everything is as before it.");
    }

    /// <summary>Ends what takes longer than it may; it puts everything back by itself.</summary>
    private static async Task<UpdateResult> LimitAsync(
        IInstance instance, UpdateOptions options, UpdateTrace trace, Func<CancellationToken, Task<UpdateResult>> body, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (options.Limit is { } limit)
        {
            over.CancelAfter(limit);
        }

        try
        {
            return await body(over.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            UpdatePhase phase = trace.Journal?.Phase ?? UpdatePhase.Preflight;
            AsterisellException late = UpdateErrors.UpdateTimedOut(instance.Definition, options.Limit ?? default, phase);
            throw trace.IsRolledBack ? UpdateErrors.UpdateRolledBack(instance.Definition, phase, late) : late;
        }
    }

    /// <returns>Null where nothing is to be done.</returns>
    private async Task<UpdateWorld?> PrepareAsync(
        IInstance instance, UpdateOptions options, JournalStore store, UpdateTrace trace, IOperationProgress progress, CancellationToken cancellation)
    {
        if (await store.FindAsync(cancellation).ConfigureAwait(false) is { } open && open.Phase >= UpdatePhase.Drain)
        {
            throw UpdateErrors.UpdateUnfinished(instance.Definition, open);
        }

        if (options.Scope.HasFlag(UpdateScope.Application) && !options.AllowUnclean)
        {
            await source.RequireDeployableAsync(ApplicationSource.Find(instance.Definition, options.Source).Folder, cancellation).ConfigureAwait(false);
        }

        (UpdateWanted wanted, UpdateJournal journal) = await new Preflight(instance, _comparer, options, clock).RunAsync(progress, cancellation).ConfigureAwait(false);
        trace.Journal = journal;
        if (!wanted.IsNeeded)
        {
            return null;
        }

        var world = new UpdateWorld(instance, options, wanted, store, trace, journal);
        await store.PrepareAsync(cancellation).ConfigureAwait(false);
        return world;
    }

    /// <summary>The journal, where the instance and this machine agree that there is one.</summary>
    private static async Task<UpdateJournal?> FindAsync(IInstance instance, JournalStore store, IOperationProgress progress, CancellationToken cancellation)
    {
        UpdateJournal? copy = store.FindCopy();
        if (copy is not null)
        {
            await new UpdateAccess(instance).ReachAsync(progress, cancellation).ConfigureAwait(false);
        }

        UpdateJournal? journal = await store.FindAsync(cancellation).ConfigureAwait(false);
        if (journal is null && copy is not null)
        {
            store.RemoveCopy();
            throw UpdateErrors.UpdateMarkerLost(instance.Definition, copy);
        }

        return journal;
    }

    private async Task<UpdateResult> RunAsync(
        UpdateWorld world, IEnumerable<IUpdateWork> phases, IOperationProgress progress, CancellationToken cancellation)
    {
        try
        {
            await world.Trace.Log.RunAsync(phases.Select(work => new JournaledWork(world, work)), progress, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (world.Journal.Phase < UpdatePhase.Finish)
        {
            throw await EndAsync(world, failure, progress, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is AsterisellException or OperationCanceledException)
        {
            throw UpdateErrors.UpdateNotFinished(world.Definition, world.Journal.CronLocked == false, failure);
        }

        return world.Trace.End(OperationStatus.Succeeded, Describe(world.Journal));
    }

    /// <summary>Puts everything back, or leaves it.</summary>
    /// <returns>What is thrown.</returns>
    private async Task<Exception> EndAsync(UpdateWorld world, Exception failure, IOperationProgress progress, CancellationToken cancellation)
    {
        UpdateJournal journal = world.Journal;
        AsterisellInstance definition = world.Definition;
        using var limit = new CancellationTokenSource(UndoLimit);
        if (world.Options.NoRollback && !cancellation.IsCancellationRequested)
        {
            world.Trace.IsOpen = true;
            try
            {
                await world.Store.WriteAsync(journal, limit.Token).ConfigureAwait(false);
            }
            catch (AsterisellException unreachable)
            {
                return UpdateErrors.UpdateNotRolledBack(definition, journal.Phase, failure, unreachable);
            }

            return UpdateErrors.UpdateLeftOpen(definition, journal.Phase, failure);
        }

        try
        {
            await new UpdateRollback(world.Instance, checkpoint, world.Store, world.Trace, world.Options)
                .RunAsync(journal, withSafety: false, progress, limit.Token).ConfigureAwait(false);
        }
        catch (Exception undo) when (undo is AsterisellException or OperationCanceledException or IOException)
        {
            world.Trace.IsOpen = true;
            return UpdateErrors.UpdateNotRolledBack(definition, journal.Phase, failure, undo);
        }

        return failure is OperationCanceledException && cancellation.IsCancellationRequested
            ? failure
            : UpdateErrors.UpdateRolledBack(definition, journal.Phase, failure);
    }

    private static string Describe(UpdateJournal journal)
    {
        List<string> parts = [];
        if (journal.WithApplication)
        {
            parts.Add(journal.FromVersion == journal.ToVersion ? $"{journal.ToVersion} with {journal.WrittenFiles} newer files" : $"{journal.FromVersion ?? "an unknown version"} to {journal.ToVersion}");
        }

        if (journal.ConfigurationFiles.Count > 0)
        {
            parts.Add($"{journal.ConfigurationFiles.Count} configuration files");
        }

        if (journal.AppliedUpgradeJobs.Count > 0)
        {
            parts.Add($"{journal.AppliedUpgradeJobs.Count} upgrade jobs");
        }

        return parts.Count == 0 ? "Updated." : $"Updated: {string.Join("; ", parts)}.";
    }
}
