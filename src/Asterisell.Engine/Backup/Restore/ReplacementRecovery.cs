using System.Globalization;
using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Backup.Restore.Database;
using Asterisell.Engine.Backup.Restore.Files;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Restore;

/// <summary>Ends what a replacement of data began: puts the data from before back, or, where the new ones are final, removes what is left.</summary>
internal static class ReplacementRecovery
{
    /// <summary>A database that was killed is started again by supervisord; a container by its host.</summary>
    private static readonly TimeSpan DatabaseLimit = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Does it; every step can be done again.</summary>
    /// <param name="instance">A running instance.</param>
    /// <param name="session">A session of root that holds the guard; null to take one.</param>
    /// <param name="cancellation">Gives up; the next run goes on.</param>
    /// <returns>What was done, in words; null where there was nothing to do.</returns>
    public static async Task<string?> RunAsync(IInstance instance, ClientSession? session, CancellationToken cancellation)
    {
        JournalStore store = new(instance);
        if (session is null)
        {
            if (!await store.ExistsAsync(cancellation).ConfigureAwait(false))
            {
                return null;
            }

            ClientSession own = await OpenAsync(instance, cancellation).ConfigureAwait(false);
            await using (own.ConfigureAwait(false))
            {
                await ReplacementGuard.TakeAsync(instance, own, cancellation).ConfigureAwait(false);
                return await RunAsync(instance, own, cancellation).ConfigureAwait(false);
            }
        }

        // Read under the guard: whoever held it may just have ended what the journal tells.
        if (await store.FindAsync(cancellation).ConfigureAwait(false) is { } journal)
        {
            return await EndAsync(instance, store, journal, session, cancellation).ConfigureAwait(false);
        }

        // Killed before its journal was written, or after it was removed: files that nobody needs.
        await new StagedFiles(instance, store.Folder).CleanAsync(cancellation).ConfigureAwait(false);
        return null;
    }

    private static async Task<string> EndAsync(
        IInstance instance, JournalStore store, ReplacementJournal journal, ClientSession session, CancellationToken cancellation)
    {
        StagedFiles files = new(instance, store.Folder);
        IDatabaseClients clients = await instance.Database.PrepareClientsAsync(cancellation).ConfigureAwait(false);
        DatabaseSwap? swap = journal.Database is { } database ? new DatabaseSwap(instance, clients, session, new DatabaseNames(database)) : null;
        bool final = journal.Phase == ReplacementPhase.Committed;
        if (journal.Phase == ReplacementPhase.Swapping)
        {
            if (swap is not null && journal.Swap is { } plan)
            {
                await swap.UndoAsync(plan, await store.ReadObjectsAsync(cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
            }

            await files.UndoAsync(journal.Places, cancellation).ConfigureAwait(false);
        }

        if (swap is not null)
        {
            await swap.CleanAsync(withKept: final, cancellation).ConfigureAwait(false);
        }

        await UnlockAsync(instance, journal, cancellation).ConfigureAwait(false);

        // First the journal, then what it is about: without one there is nothing to do.
        await files.CleanAsync(cancellation).ConfigureAwait(false);
        string when = journal.StartedAt.ToString("u", CultureInfo.InvariantCulture);
        return final
            ? $"The restore of {journal.What} that began {when} was final; what it had left was removed."
            : $"The restore of {journal.What} that began {when} did not end; the data from before were put back.";
    }

    private static async Task UnlockAsync(IInstance instance, ReplacementJournal journal, CancellationToken cancellation)
    {
        await instance.Application.SetWebLockAsync(journal.WebLocked, cancellation).ConfigureAwait(false);
        await instance.Application.RestoreCronAsync(
            new ApplicationLocks(journal.CronLocked, journal.WebLocked, null), cancellation).ConfigureAwait(false);
    }

    private static async Task<ClientSession> OpenAsync(IInstance instance, CancellationToken cancellation)
    {
        long start = Environment.TickCount64;
        while (true)
        {
            try
            {
                IDatabaseClients clients = await instance.Database.PrepareClientsAsync(cancellation).ConfigureAwait(false);
                return await RootSession.OpenAsync(instance, clients, "mysql", cancellation).ConfigureAwait(false);
            }
            catch (AsterisellException down) when (down.Kind == ErrorKind.Connection && Environment.TickCount64 - start < DatabaseLimit.TotalMilliseconds)
            {
                await Task.Delay(PollInterval, cancellation).ConfigureAwait(false);
            }
        }
    }
}
