using System.Globalization;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>Takes the database: dump, row counts beside it, accounts. Trusts no exit code alone.</summary>
/// <param name="run">The backup.</param>
/// <param name="options">How.</param>
/// <param name="filesRead">
/// Ends when the files were read: a file of calls that is imported meanwhile must be in the files or in the database, better in both (the
/// application knows what it imported by name and checksum) than in neither.
/// </param>
internal sealed class DatabaseCapture(BackupRun run, BackupOptions options, Task filesRead)
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
                before = await run.Instance.Application.DrainJobsAsync(options.JobLimit, null, cancellation).ConfigureAwait(false);
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
        DumpedPiece structure = await dump.TakeStructureAsync(cancellation).ConfigureAwait(false);
        pieces.Add(structure);
        IReadOnlyList<string> accounts = await TakeAccountsAsync(session, facts, cancellation).ConfigureAwait(false);
        RowsTaken rows = await new RowsCapture(run, clients, session, facts, shapes, _user, options.Streams)
            .TakeAsync(structure.Content.Program, cancellation).ConfigureAwait(false);
        foreach (ManifestPiece piece in rows.Pieces)
        {
            pieces.Add(piece);
        }

        pieces.Add(await dump.TakeObjectsAsync(cancellation).ConfigureAwait(false));
        if (facts.Views.Count > 0)
        {
            pieces.Add(await dump.TakeViewsAsync(cancellation).ConfigureAwait(false));
        }

        DumpRules.RequireWhole(run.Target, pieces, facts);
        DumpRules.RequireUnaltered(run.Target, facts, shapes, await TableShapes.ReadAsync(session, cancellation).ConfigureAwait(false));
        ApplicationLocks after = await run.Instance.Application.GetLocksAsync(cancellation).ConfigureAwait(false);
        ManifestDatabase database = new()
        {
            Name = facts.Database,
            DumpedAs = facts.User,
            Consistency = Consistency(facts, IsPassRunning(before), IsPassRunning(after), drained, rows.Held),
            Pieces = pieces.Pieces,
            Tables =
            [
                .. pieces.Tables.Order(StringComparer.Ordinal).Select(table => new ManifestTable
                {
                    Name = table,
                    Engine = facts.Tables.GetValueOrDefault(table) ?? facts.ScratchTables.GetValueOrDefault(table, "unknown"),
                    Rows = pieces.Rows.GetValueOrDefault(table),
                    RowsCounted = rows.Proof.Counted.TryGetValue(table, out long counted) ? counted : null,
                }),
            ],
            Views = [.. pieces.Views.Order(StringComparer.Ordinal)],
            Triggers = [.. pieces.Triggers.Order(StringComparer.Ordinal)],
            Routines = [.. pieces.Routines.Order(StringComparer.Ordinal)],
            Events = [.. pieces.Events.Order(StringComparer.Ordinal)],
            Accounts = accounts,
            Days = rows.Proof.Days,
        };
        return new DatabaseTaken(database, facts, structure.Content.Program);
    }

    private async Task<IReadOnlyList<string>> TakeAccountsAsync(ClientSession session, DatabaseFacts facts, CancellationToken cancellation)
    {
        if (options.Sanitized is null)
        {
            return await AccountCapture.TakeAsync(run, session, facts, cancellation).ConfigureAwait(false);
        }

        await AccountCapture.LeaveOutAsync(run, cancellation).ConfigureAwait(false);
        return [];
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

    private static ManifestConsistency Consistency(DatabaseFacts facts, bool passBefore, bool passAfter, bool drained, TimeSpan? held)
    {
        string moment = held is { } time
            ? string.Create(CultureInfo.InvariantCulture, $"by transactions with consistent snapshots that began while no other could commit, for {time.TotalMilliseconds:F0} ms.")
            : "by one transaction with a consistent snapshot. Nobody had to wait.";
        string unsafeEngines = drained
            ? $" {string.Join(", ", facts.UnsafeEngines)} has no such snapshots: jobs were kept from running meanwhile, web pages could still write."
            : string.Empty;
        return new ManifestConsistency
        {
            Method = drained ? ConsistencyMethod.SnapshotTransactionUnderJobLock
                : held is null ? ConsistencyMethod.SnapshotTransaction : ConsistencyMethod.SnapshotTransactionsOfOneMoment,
            Statement = $"All tables are of one moment, {moment}{unsafeEngines}",
            Engines = facts.EngineCounts,
            JobPassAtStart = passBefore,
            JobPassAtEnd = passAfter,
        };
    }

    private static bool IsPassRunning(ApplicationLocks locks) => locks.JobLock is { Holder: JobLockHolder.Running };
}

/// <summary>What was taken of the database.</summary>
internal sealed record DatabaseTaken(ManifestDatabase Database, DatabaseFacts Facts, string DumpProgram);
