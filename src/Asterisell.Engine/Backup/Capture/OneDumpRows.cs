using Asterisell.Engine.Backup.Capture.Ranges;
using Asterisell.Engine.Backup.Dump;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>
/// The rows of all tables by one dump in one transaction. A range whose file comes out byte by byte as the earlier snapshot has it takes no room
/// of its own.
/// </summary>
/// <param name="run">The backup.</param>
/// <param name="clients">Starts the programs.</param>
/// <param name="session">Counts before the dump; is used for nothing else until this ends.</param>
/// <param name="facts">What there is.</param>
/// <param name="user">As whom.</param>
/// <param name="tables">Tables with ranges.</param>
/// <param name="earlier">Ranges that may be shared.</param>
internal sealed class OneDumpRows(
    BackupRun run, IDatabaseClients clients, ClientSession session, DatabaseFacts facts, IReadOnlyList<string> user, IReadOnlyList<RangeTable> tables,
    EarlierRanges earlier)
{
    private long _textBytes;

    /// <summary>Takes them.</summary>
    public async Task<RowsTaken> TakeAsync(CancellationToken cancellation)
    {
        RowDump dump = new(run, facts, new RowWish([.. facts.Tables.Keys.Order(StringComparer.Ordinal)], null), tables, Report, cancellation);
        await using (dump.ConfigureAwait(false))
        {
            RowProof proof = await DumpAsync(dump, cancellation).ConfigureAwait(false);
            RowPieces pieces = new(run, earlier);
            foreach (RowFile file in dump.Files)
            {
                if (file.Month is null)
                {
                    pieces.AddWhole(file);
                }
                else
                {
                    pieces.AddRange(tables.First(table => file.Rows.ContainsKey(table.Name)), file, checksum: null);
                }
            }

            return new RowsTaken(pieces.Pieces, proof, Held: null);
        }
    }

    /// <summary>
    /// The dump between two other snapshots of the database. A table that counts the same in the dump and in one of them is proven; where
    /// neither does, the table was written in between, or the dump is wrong.
    /// </summary>
    private async Task<RowProof> DumpAsync(RowDump dump, CancellationToken cancellation)
    {
        await dump.PrepareAsync(clients, user).ConfigureAwait(false);
        WriteMarks? marks = await ReadMarksAsync(session, cancellation).ConfigureAwait(false);
        RowCounts before = await RowCounts.BeginAsync(session, cancellation).ConfigureAwait(false);
        using CancellationTokenSource dumpFailed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task<(RowCounts, WriteMarks?)> beginningAfter = BeginCountsWhenAsync(dump.Begun, dumpFailed.Token);
        Task<Dictionary<string, long>> counting = before.CountAsync(facts.Tables.Keys, dumpFailed.Token);
        try
        {
            await dump.BeginAsync(cancellation).ConfigureAwait(false);
            DumpSummary rows = await dump.Ended!.ConfigureAwait(false);
            DumpRules.RequireRows(run.Target, rows.Rows, facts.Tables.Keys);
            Dictionary<string, long> counted = await counting.ConfigureAwait(false);
            (RowCounts after, WriteMarks? later) = await beginningAfter.ConfigureAwait(false);
            bool MayHaveChanged(string table, long count) => marks is null || later is null || marks.MayHaveChanged(later, table, count);
            return await RowProof.MakeAsync(run, rows.Rows, before, counted, after, MayHaveChanged, cancellation).ConfigureAwait(false);
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

    private async Task<WriteMarks?> ReadMarksAsync(ClientSession asked, CancellationToken cancellation) =>
        facts.IsRoot ? await WriteMarks.ReadAsync(asked, facts.Database, cancellation).ConfigureAwait(false) : null;

    private async Task<(RowCounts Counts, WriteMarks? Marks)> BeginCountsWhenAsync(Task begun, CancellationToken cancellation)
    {
        await begun.WaitAsync(cancellation).ConfigureAwait(false);
        ClientSession asked = await ClientSession.StartAsync(run.Instance, clients, user, cancellation).ConfigureAwait(false);
        try
        {
            RowCounts counts = await RowCounts.BeginAsync(asked, cancellation).ConfigureAwait(false);
            return (counts, await ReadMarksAsync(asked, cancellation).ConfigureAwait(false));
        }
        catch
        {
            await asked.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private void Report(long bytes) => run.Report("dumping the database", Interlocked.Add(ref _textBytes, bytes), facts.DataBytes);
}
