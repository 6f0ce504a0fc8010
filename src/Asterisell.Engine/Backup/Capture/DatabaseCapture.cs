using Asterisell.Engine.Backup.Dump;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>Takes the database: dump, row counts beside it, accounts. Trusts no exit code alone.</summary>
/// <param name="run">The backup.</param>
/// <param name="jobLimit">Longest wait for a job pass to end.</param>
/// <param name="filesRead">
/// Ends when the files were read: a file of calls that is imported meanwhile must be in the files or in the database, better in both (the
/// application knows what it imported by name and checksum) than in neither.
/// </param>
internal sealed class DatabaseCapture(BackupRun run, TimeSpan jobLimit, Task filesRead)
{
    private IReadOnlyList<string> _user = ClientSession.AsRoot;

    /// <summary>Takes everything.</summary>
    /// <returns>For the manifest, with what the server and the dump say of themselves.</returns>
    public async Task<DatabaseTaken> TakeAsync(CancellationToken cancellation)
    {
        IDatabaseClients clients = await run.Instance.Database.PrepareClientsAsync(cancellation).ConfigureAwait(false);
        ClientSession session = await ConnectAsync(clients, cancellation).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await filesRead.WaitAsync(cancellation).ConfigureAwait(false);
            DatabaseFacts facts = await DatabaseFacts.ReadAsync(session, cancellation).ConfigureAwait(false);
            facts.RefuseWhenEmpty(run.Target);
            foreach (string other in facts.OtherDatabases)
            {
                run.Note($"The server has another database '{other}', which is not in the snapshot.");
            }

            ApplicationLocks before = await run.Instance.Application.GetLocksAsync(cancellation).ConfigureAwait(false);
            bool drained = facts.UnsafeEngines.Count > 0;
            if (drained)
            {
                before = await run.Instance.Application.DrainJobsAsync(jobLimit, null, cancellation).ConfigureAwait(false);
            }

            try
            {
                return await TakeAsync(clients, session, facts, before, drained, cancellation).ConfigureAwait(false);
            }
            finally
            {
                if (drained)
                {
                    // Also when cancelled: a cron that stays locked would stop the billing.
                    using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
                    await run.Instance.Application.RestoreCronAsync(before, limit.Token).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task<DatabaseTaken> TakeAsync(
        IDatabaseClients clients, ClientSession session, DatabaseFacts facts, ApplicationLocks before, bool drained, CancellationToken cancellation)
    {
        TableShapes shapes = await TableShapes.ReadAsync(session, cancellation).ConfigureAwait(false);
        PieceList pieces = new();
        DatabaseDump dump = new(run, clients, facts, _user);
        pieces.Add(SnapshotLayout.Structure, PieceKind.Structure, await dump.TakeStructureAsync(cancellation).ConfigureAwait(false));
        IReadOnlyList<string> accounts = await AccountCapture.TakeAsync(run, session, facts, cancellation).ConfigureAwait(false);
        (DumpSummary rows, RowProof proof) = await DumpAsync(clients, session, facts, cancellation).ConfigureAwait(false);
        pieces.Add(SnapshotLayout.Rows, PieceKind.Data, rows);
        pieces.Add(SnapshotLayout.Objects, PieceKind.Objects, await dump.TakeObjectsAsync(cancellation).ConfigureAwait(false));
        if (facts.Views.Count > 0)
        {
            pieces.Add(SnapshotLayout.Views, PieceKind.Objects, await dump.TakeViewsAsync(cancellation).ConfigureAwait(false));
        }

        DumpRules.RequireWhole(run.Target, pieces, facts);
        DumpRules.RequireUnaltered(run.Target, facts, shapes, await TableShapes.ReadAsync(session, cancellation).ConfigureAwait(false));
        ApplicationLocks after = await run.Instance.Application.GetLocksAsync(cancellation).ConfigureAwait(false);
        ManifestDatabase database = new()
        {
            Name = facts.Database,
            DumpedAs = facts.User,
            Consistency = Consistency(facts, IsPassRunning(before), IsPassRunning(after), drained),
            Pieces = pieces.Pieces,
            Tables =
            [
                .. pieces.Tables.Order(StringComparer.Ordinal).Select(table => new ManifestTable
                {
                    Name = table,
                    Engine = facts.Tables.GetValueOrDefault(table) ?? facts.ScratchTables.GetValueOrDefault(table, "unknown"),
                    Rows = pieces.Rows.GetValueOrDefault(table),
                    RowsCounted = proof.Counted.TryGetValue(table, out long counted) ? counted : null,
                }),
            ],
            Views = [.. pieces.Views.Order(StringComparer.Ordinal)],
            Triggers = [.. pieces.Triggers.Order(StringComparer.Ordinal)],
            Routines = [.. pieces.Routines.Order(StringComparer.Ordinal)],
            Events = [.. pieces.Events.Order(StringComparer.Ordinal)],
            Accounts = accounts,
            Days = proof.Days,
        };
        return new DatabaseTaken(database, facts, rows.Program);
    }

    /// <summary>As root, who sees every routine and account; where root has another password, as the application.</summary>
    private async Task<ClientSession> ConnectAsync(IDatabaseClients clients, CancellationToken cancellation)
    {
        ClientSession session = await ClientSession.StartAsync(run.Instance, clients, _user, cancellation).ConfigureAwait(false);
        try
        {
            await session.AskAsync("SELECT 1", cancellation).ConfigureAwait(false);
            return session;
        }
        catch (AsterisellException denied) when (denied.Kind is ErrorKind.Authentication or ErrorKind.PermissionDenied)
        {
            await session.DisposeAsync().ConfigureAwait(false);
            _user = ClientSession.AsApplication;
            return await ClientSession.StartAsync(run.Instance, clients, _user, cancellation).ConfigureAwait(false);
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// The dump between two other snapshots of the database. A table that counts the same in the dump and in one of them is proven; where
    /// neither does, the table was written in between, or the dump is wrong.
    /// </summary>
    private async Task<(DumpSummary Dump, RowProof Proof)> DumpAsync(
        IDatabaseClients clients, ClientSession session, DatabaseFacts facts, CancellationToken cancellation)
    {
        WriteMarks? marks = await ReadMarksAsync(session, facts, cancellation).ConfigureAwait(false);
        RowCounts before = await RowCounts.BeginAsync(session, cancellation).ConfigureAwait(false);
        using CancellationTokenSource dumpFailed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<(RowCounts, WriteMarks?)> beginningAfter = BeginCountsWhenAsync(begun.Task, clients, facts, dumpFailed.Token);
        Task<Dictionary<string, long>> counting = before.CountAsync(facts.Tables.Keys, dumpFailed.Token);
        try
        {
            DumpSummary dump = await new DatabaseDump(run, clients, facts, _user).TakeRowsAsync(begun, cancellation).ConfigureAwait(false);
            DumpRules.RequireRows(run.Target, dump.Rows, facts);
            Dictionary<string, long> counted = await counting.ConfigureAwait(false);
            (RowCounts after, WriteMarks? later) = await beginningAfter.ConfigureAwait(false);
            bool MayHaveChanged(string table, long rows) => marks is null || later is null || marks.MayHaveChanged(later, table, rows);
            return (dump, await RowProof.MakeAsync(run, dump, before, counted, after, MayHaveChanged, cancellation).ConfigureAwait(false));
        }
        finally
        {
            await dumpFailed.CancelAsync().ConfigureAwait(false);
            await ((Task)counting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ((Task)beginningAfter).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (beginningAfter.IsCompletedSuccessfully)
            {
                (RowCounts after, _) = await beginningAfter.ConfigureAwait(false);
                await after.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task<WriteMarks?> ReadMarksAsync(ClientSession session, DatabaseFacts facts, CancellationToken cancellation) =>
        facts.IsRoot ? await WriteMarks.ReadAsync(session, facts.Database, cancellation).ConfigureAwait(false) : null;

    private async Task<(RowCounts Counts, WriteMarks? Marks)> BeginCountsWhenAsync(
        Task begun, IDatabaseClients clients, DatabaseFacts facts, CancellationToken cancellation)
    {
        await begun.WaitAsync(cancellation).ConfigureAwait(false);
        ClientSession session = await ClientSession.StartAsync(run.Instance, clients, _user, cancellation).ConfigureAwait(false);
        try
        {
            RowCounts counts = await RowCounts.BeginAsync(session, cancellation).ConfigureAwait(false);
            return (counts, await ReadMarksAsync(session, facts, cancellation).ConfigureAwait(false));
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static ManifestConsistency Consistency(DatabaseFacts facts, bool passBefore, bool passAfter, bool drained)
    {
        string statement = drained
            ? "Tables of one moment by one transaction with a consistent snapshot; "
                + $"for {string.Join(", ", facts.UnsafeEngines)}, which has no such snapshots, jobs were kept from running meanwhile. Web pages could still write."
            : "All tables are of one moment: one transaction with a consistent snapshot. Nobody had to wait.";
        return new ManifestConsistency
        {
            Method = drained ? ConsistencyMethod.SnapshotTransactionUnderJobLock : ConsistencyMethod.SnapshotTransaction,
            Statement = statement,
            Engines = facts.EngineCounts,
            JobPassAtStart = passBefore,
            JobPassAtEnd = passAfter,
        };
    }

    private static bool IsPassRunning(ApplicationLocks locks) => locks.JobLock is { Holder: JobLockHolder.Running };
}

/// <summary>What was taken of the database.</summary>
internal sealed record DatabaseTaken(ManifestDatabase Database, DatabaseFacts Facts, string DumpProgram);
