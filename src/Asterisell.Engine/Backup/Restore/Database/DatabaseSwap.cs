using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Restore.Database;

/// <summary>
/// Exchanges the tables of the application's database for those of the staging database, all by one RENAME, and puts them back. What a table
/// cannot take along (views, triggers, routines, events) is dropped before and made anew after it.
/// </summary>
/// <remarks>
/// Grants on tables are kept by MariaDB under their names: they stay where they are, and hold for the new tables.
/// </remarks>
internal sealed class DatabaseSwap(IInstance instance, IDatabaseClients clients, ClientSession session, DatabaseNames names)
{
    /// <summary>What is going to be moved. Nothing is changed.</summary>
    /// <param name="tables">Tables to come in; null for the whole database.</param>
    /// <param name="cancellation">Ends the questions.</param>
    public async Task<SwapPlan> PlanAsync(IReadOnlyList<string>? tables, CancellationToken cancellation)
    {
        IReadOnlyList<string> live = await StagedDatabase.ListTablesAsync(session, names.Live, cancellation).ConfigureAwait(false);
        IReadOnlyList<string> staged = await StagedDatabase.ListTablesAsync(session, names.Staging, cancellation).ConfigureAwait(false);
        return new SwapPlan
        {
            Live = names.Live,
            Before = tables is null ? live : [.. live.Intersect(tables)],
            New = tables is null ? staged : [.. staged.Intersect(tables)],
            IsWhole = tables is null,
        };
    }

    /// <summary>The statements for the views, triggers, routines and events of a database.</summary>
    public async Task<string> DumpObjectsAsync(string database, CancellationToken cancellation)
    {
        DatabaseObjects objects = await DatabaseObjects.ReadAsync(session, database, cancellation).ConfigureAwait(false);
        return await objects.DumpAsync(instance, clients, database, cancellation).ConfigureAwait(false);
    }

    /// <summary>Exchanges the tables.</summary>
    /// <param name="plan">What to move.</param>
    /// <param name="objects">Statements for the views, triggers, routines and events that belong to the new tables.</param>
    /// <param name="cancellation">Ends it; it must be undone then.</param>
    public async Task SwapAsync(SwapPlan plan, string objects, CancellationToken cancellation)
    {
        await new StagedDatabase(instance, clients, session, names).CreateLikeLiveAsync(names.Kept, cancellation).ConfigureAwait(false);
        foreach (string database in new[] { names.Live, names.Staging })
        {
            DatabaseObjects present = await DatabaseObjects.ReadAsync(session, database, cancellation).ConfigureAwait(false);
            await present.DropAsync(session, database, cancellation).ConfigureAwait(false);
        }

        await MoveAsync([.. plan.Before.Select(table => (names.Live, names.Kept, table)), .. plan.New.Select(table => (names.Staging, names.Live, table))], cancellation)
            .ConfigureAwait(false);
        await LoadObjectsAsync(objects, cancellation).ConfigureAwait(false);
    }

    /// <summary>Puts the tables back that <see cref="SwapAsync"/> moved, however far it came. Can be done again.</summary>
    /// <param name="plan">As it was.</param>
    /// <param name="objects">Statements for the views, triggers, routines and events that were there before.</param>
    /// <param name="cancellation">Ends it; it can be done again then.</param>
    public async Task UndoAsync(SwapPlan plan, string objects, CancellationToken cancellation)
    {
        HashSet<string> kept = [.. await StagedDatabase.ListTablesAsync(session, names.Kept, cancellation).ConfigureAwait(false)];
        IReadOnlyList<string> live = await StagedDatabase.ListTablesAsync(session, names.Live, cancellation).ConfigureAwait(false);
        DatabaseObjects present = await DatabaseObjects.ReadAsync(session, names.Live, cancellation).ConfigureAwait(false);
        await present.DropAsync(session, names.Live, cancellation).ConfigureAwait(false);

        // A table of which the former one was moved aside is a new one; so is one that was not there before.
        HashSet<string> before = [.. plan.Before];
        HashSet<string> came = [.. plan.New];
        string[] gone = [.. live.Where(table => before.Contains(table) ? kept.Contains(table) : plan.IsWhole || came.Contains(table))];
        if (gone.Length > 0)
        {
            await session.AskAsync(
                $"DROP TABLE {string.Join(", ", gone.Select(table => $"{ClientSession.Name(names.Live)}.{ClientSession.Name(table)}"))}", cancellation).ConfigureAwait(false);
        }

        await MoveAsync([.. plan.Before.Where(kept.Contains).Select(table => (names.Kept, names.Live, table))], cancellation).ConfigureAwait(false);
        await LoadObjectsAsync(objects, cancellation).ConfigureAwait(false);
    }

    /// <summary>Drops the databases that are no longer wanted; of the kept one only where nothing is left in it, unless told so.</summary>
    /// <param name="withKept">True when the new data are final.</param>
    /// <param name="cancellation">Ends it; it can be done again then.</param>
    public async Task CleanAsync(bool withKept, CancellationToken cancellation)
    {
        await session.AskAsync($"DROP DATABASE IF EXISTS {ClientSession.Name(names.Staging)}", cancellation).ConfigureAwait(false);
        if (withKept || (await StagedDatabase.ListTablesAsync(session, names.Kept, cancellation).ConfigureAwait(false)).Count == 0)
        {
            await session.AskAsync($"DROP DATABASE IF EXISTS {ClientSession.Name(names.Kept)}", cancellation).ConfigureAwait(false);
        }
    }

    private async Task MoveAsync(IReadOnlyList<(string From, string To, string Table)> moves, CancellationToken cancellation)
    {
        if (moves.Count > 0)
        {
            IEnumerable<string> each = moves.Select(move =>
                $"{ClientSession.Name(move.From)}.{ClientSession.Name(move.Table)} TO {ClientSession.Name(move.To)}.{ClientSession.Name(move.Table)}");
            await session.AskAsync($"RENAME TABLE {string.Join(", ", each)}", cancellation).ConfigureAwait(false);
        }
    }

    private Task LoadObjectsAsync(string objects, CancellationToken cancellation) => objects.Length == 0
        ? Task.CompletedTask
        : new SqlFeed(instance, clients, names.Live).RunAsync("", [_ => new(new MemoryStream(ByteText.Encode(objects)))], null, cancellation);
}
