using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Backup.Restore.Database;
using Asterisell.Engine.Backup.Restore.Files;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Restore;

/// <summary>
/// Brings other data into an instance: all of them, or none. New data are loaded beside the present ones and judged there; the exchange is
/// written down before it is done. Whatever fails, and however a run ends, the data from before are put back: at once, or by the next run.
/// </summary>
internal sealed class DataReplacement : IAsyncDisposable
{
    /// <summary>Putting back is not cut short by the cancellation that led to it.</summary>
    private static readonly TimeSpan UndoLimit = TimeSpan.FromMinutes(10);

    private readonly JournalStore _store;
    private readonly ClientSession _guard;
    private ReplacementJournal _journal;

    private DataReplacement(IInstance instance, JournalStore store, DatabaseIdentity identity, IDatabaseClients clients, ClientSession guard, ReplacementJournal journal)
    {
        (Instance, _store, Identity, Clients, _guard, _journal) = (instance, store, identity, clients, guard, journal);
        Names = new DatabaseNames(identity.Database);
        Files = new StagedFiles(instance, store.Folder);
        Database = new StagedDatabase(instance, clients, guard, Names);
    }

    /// <summary>Where.</summary>
    public IInstance Instance { get; }

    /// <summary>The instance's own database and users.</summary>
    public DatabaseIdentity Identity { get; }

    /// <summary>Names of the databases.</summary>
    public DatabaseNames Names { get; }

    /// <summary>The database that new data are loaded into; <see cref="StagedDatabase.CreateAsync"/> makes it.</summary>
    public StagedDatabase Database { get; }

    /// <summary>Files that wait.</summary>
    public StagedFiles Files { get; }

    /// <summary>What a killed run had left here, in words; null where nothing was left.</summary>
    public string? Recovered { get; private init; }

    internal IDatabaseClients Clients { get; }

    /// <summary>A session of root.</summary>
    internal ClientSession Session => _guard;

    /// <summary>Begins one, lets it work, and makes its data final; undoes it where that fails.</summary>
    /// <param name="instance">A running instance.</param>
    /// <param name="what">What comes in, in words: it stands in the journal.</param>
    /// <param name="drainLimit">Longest wait for a running job pass.</param>
    /// <param name="work">Loads, judges and swaps (<see cref="SwapAsync"/>). Jobs and the customers' web are locked meanwhile.</param>
    /// <param name="progress">Told what is waited for; null for nobody.</param>
    /// <param name="cancellation">Ends it; what was done is undone.</param>
    /// <exception cref="AsterisellException">What <paramref name="work"/> throws; <c>RestoreNotUndone</c> where the data from before could not be put back at once.</exception>
    public static async Task RunAsync(
        IInstance instance, string what, TimeSpan drainLimit, Func<DataReplacement, Task> work, IProgress<string>? progress, CancellationToken cancellation)
    {
        DataReplacement replacement = await BeginAsync(instance, what, progress, cancellation).ConfigureAwait(false);
        try
        {
            await replacement.LockAsync(drainLimit, progress, cancellation).ConfigureAwait(false);
            await work(replacement).ConfigureAwait(false);
            await replacement.CommitAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (replacement._journal.Phase != ReplacementPhase.Committed)
        {
            await replacement.DisposeAsync().ConfigureAwait(false);
            await UndoAfterAsync(instance, failure, progress).ConfigureAwait(false);
            throw;
        }

        await replacement.DisposeAsync().ConfigureAwait(false);
        using CancellationTokenSource limit = new(UndoLimit);
        progress?.Report("removing what is no longer needed");
        await ReplacementRecovery.RunAsync(instance, null, limit.Token).ConfigureAwait(false);
    }

    /// <summary>Exchanges tables and files.</summary>
    /// <param name="objects">Statements for the views, triggers, routines and events; null for those that are there.</param>
    /// <param name="tables">Tables that come in; null for the whole database; empty for none.</param>
    /// <param name="places">Directories whose staged files come in.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task SwapAsync(string? objects, IReadOnlyList<string>? tables, IReadOnlyList<FilePlace> places, CancellationToken cancellation)
    {
        DatabaseSwap swap = new(Instance, Clients, _guard, Names);
        bool withDatabase = tables is not { Count: 0 };
        SwapPlan? plan = withDatabase ? await swap.PlanAsync(tables, cancellation).ConfigureAwait(false) : null;
        string before = withDatabase ? await swap.DumpObjectsAsync(Names.Live, cancellation).ConfigureAwait(false) : string.Empty;
        await _store.WriteObjectsAsync(before, cancellation).ConfigureAwait(false);
        await WriteAsync(_journal with { Phase = ReplacementPhase.Swapping, Swap = plan, Places = places }, cancellation).ConfigureAwait(false);
        if (places.Count > 0)
        {
            await Files.ApplyAsync(places, cancellation).ConfigureAwait(false);
        }

        if (plan is not null)
        {
            await swap.SwapAsync(plan, objects ?? before, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The statements for the views, triggers, routines and events of the staged database.</summary>
    public async Task<string> DumpStagedObjectsAsync(CancellationToken cancellation) => ObjectText.Adapt(
        await new DatabaseSwap(Instance, Clients, _guard, Names).DumpObjectsAsync(Names.Staging, cancellation).ConfigureAwait(false),
        Identity.AdminUser, Names.Staging, Names.Live);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _guard.DisposeAsync();

    private static async Task<DataReplacement> BeginAsync(IInstance instance, string what, IProgress<string>? progress, CancellationToken cancellation)
    {
        DatabaseIdentity identity = await instance.Database.IdentifyAsync(cancellation).ConfigureAwait(false);
        IDatabaseClients clients = await instance.Database.PrepareClientsAsync(cancellation).ConfigureAwait(false);
        ClientSession guard = await RootSession.OpenAsync(instance, clients, "mysql", cancellation).ConfigureAwait(false);
        try
        {
            await ReplacementGuard.TakeAsync(instance, guard, cancellation).ConfigureAwait(false);
            JournalStore store = new(instance);
            string? recovered = await ReplacementRecovery.RunAsync(instance, guard, cancellation).ConfigureAwait(false);
            if (recovered is not null)
            {
                progress?.Report(recovered);
            }

            ApplicationLocks before = (await instance.Application.GetActivityAsync(cancellation).ConfigureAwait(false)).Locks;
            ReplacementJournal journal = new()
            {
                Phase = ReplacementPhase.Preparing,
                What = what,
                StartedAt = DateTimeOffset.UtcNow,
                CronLocked = before.CronLocked,
                WebLocked = before.WebLocked,
                Database = identity.Database,
            };
            DataReplacement replacement = new(instance, store, identity, clients, guard, journal) { Recovered = recovered };
            await replacement.Files.PrepareAsync(cancellation).ConfigureAwait(false);
            await store.WriteAsync(journal, cancellation).ConfigureAwait(false);
            return replacement;
        }
        catch
        {
            await guard.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task LockAsync(TimeSpan drainLimit, IProgress<string>? progress, CancellationToken cancellation)
    {
        await Instance.Application.DrainJobsAsync(drainLimit, progress, cancellation).ConfigureAwait(false);
        await LockWebAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Locks the customers' web; again after what deletes the lock, as the application's own commands do.</summary>
    public Task LockWebAsync(CancellationToken cancellation) => Instance.Application.SetWebLockAsync(true, cancellation);

    /// <summary>Leaves the jobs locked when the new data are final, whatever they were before.</summary>
    public void KeepJobsLocked() => _journal = _journal with { CronLocked = true };

    private Task CommitAsync(CancellationToken cancellation) => WriteAsync(_journal with { Phase = ReplacementPhase.Committed }, cancellation);

    private async Task WriteAsync(ReplacementJournal journal, CancellationToken cancellation)
    {
        await _store.WriteAsync(journal, cancellation).ConfigureAwait(false);
        _journal = journal;
    }

    private static async Task UndoAfterAsync(IInstance instance, Exception failure, IProgress<string>? progress)
    {
        progress?.Report("putting the previous data back");
        using CancellationTokenSource limit = new(UndoLimit);
        try
        {
            await ReplacementRecovery.RunAsync(instance, null, limit.Token).ConfigureAwait(false);
        }
        catch (Exception undo) when (undo is AsterisellException or OperationCanceledException or IOException)
        {
            throw RestoreErrors.RestoreNotUndone(instance.Definition, failure, undo);
        }
    }
}
