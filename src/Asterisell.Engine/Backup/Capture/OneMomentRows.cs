using System.Globalization;
using Asterisell.Engine.Backup.Capture.Ranges;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>
/// The rows of all tables by several dumps of one moment. Of a table with ranges only those are dumped that may have changed since the earlier
/// snapshot; what the database says of every range in the same moment decides, so a wrong guess costs another moment and never a row.
/// </summary>
/// <param name="run">The backup.</param>
/// <param name="clients">Starts the programs.</param>
/// <param name="session">For questions beforehand.</param>
/// <param name="facts">What there is.</param>
/// <param name="user">As whom.</param>
/// <param name="tables">Tables with ranges.</param>
/// <param name="earlier">Ranges that may be shared.</param>
/// <param name="streams">Large tables at once.</param>
internal sealed class OneMomentRows(
    BackupRun run, IDatabaseClients clients, ClientSession session, DatabaseFacts facts, IReadOnlyList<string> user, IReadOnlyList<RangeTable> tables,
    EarlierRanges earlier, int streams)
{
    private const int MostConnections = 4;

    /// <summary>Table definition has changed, please retry transaction.</summary>
    private const int DefinitionChanged = 1412;

    private long _textBytes;

    /// <summary>Takes them.</summary>
    /// <param name="refused">Told why the server does not let everything begin in one moment.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null when refused; nothing is left then.</returns>
    public async Task<RowsTaken?> TakeAsync(Action<string> refused, CancellationToken cancellation)
    {
        RangeChoice choice = await GuessAsync(cancellation).ConfigureAwait(false);
        while (true)
        {
            long expected = choice.IsEverything ? facts.DataBytes : 0;
            List<RowDump> dumps =
                [.. choice.Wishes(facts, tables, streams).Select(wish => new RowDump(run, facts, wish, tables, bytes => Report(bytes, expected), cancellation))];
            Moment? moment = await Moment.BeginAsync(
                run.Instance, clients, user, dumps, Math.Clamp(streams, 1, MostConnections), refused, cancellation).ConfigureAwait(false);
            if (moment is null)
            {
                Discard(dumps);
                return null;
            }

            await using (moment.ConfigureAwait(false))
            {
                (RowProof proof, Dictionary<string, TableCheck> checks) = await AwaitAsync(moment, cancellation).ConfigureAwait(false);
                if (FindMissing(moment, checks) is not { Count: > 0 } missing)
                {
                    return Complete(moment, checks, proof);
                }

                choice = choice.Next(missing);
            }

            Discard(dumps);
        }
    }

    private async Task<RangeChoice> GuessAsync(CancellationToken cancellation)
    {
        IReadOnlyList<string[]> now = await session.AskAsync("SELECT DATE_FORMAT(NOW(), '%Y-%m')", cancellation).ConfigureAwait(false);
        return RangeChoice.Guess(tables, earlier, now[0][0]);
    }

    /// <summary>Reads the dumps and asks the questions, side by side; a dump's failure tells more than a question's.</summary>
    private async Task<(RowProof Proof, Dictionary<string, TableCheck> Checks)> AwaitAsync(Moment moment, CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Dictionary<string, TableCheck> checks = tables.ToDictionary(table => table.Name, _ => new TableCheck(RangeChecksum.NameFor(facts)));
        string[] whole = [.. facts.Tables.Keys.Except(tables.Select(table => table.Name))];
        Dictionary<string, long> counted = [];
        List<ManifestDayCount> days = [];
        Task asking = moment.AskAsync(
        [
            .. await ScansAsync(checks, stop.Token).ConfigureAwait(false),
            async transaction =>
            {
                RowCounts counts = new(transaction);
                counted = await counts.CountAsync(whole, stop.Token).ConfigureAwait(false);
                days = counts.Days;
            },
        ]);
        try
        {
            await Task.WhenAll(moment.Dumps.Select(dump => dump.Ended!)).ConfigureAwait(false);
            await asking.ConfigureAwait(false);
        }
        catch (DatabaseException altered) when (altered.ServerCode == DefinitionChanged)
        {
            throw BackupErrors.BackupSchemaChanged(run.Target, altered.Message);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        IReadOnlyDictionary<string, long> rows = moment.Dumps.SelectMany(dump => dump.Files)
            .Where(file => file.Month is null).SelectMany(file => file.Rows).ToDictionary();
        DumpRules.RequireRows(run.Target, rows, whole);
        return (RowProof.OfOneMoment(run, facts, rows, counted, days), checks);
    }

    private async Task<List<Func<SnapshotTransaction, Task>>> ScansAsync(Dictionary<string, TableCheck> checks, CancellationToken cancellation)
    {
        List<Func<SnapshotTransaction, Task>> scans = [];
        foreach (RangeTable table in tables)
        {
            string question = $"SELECT IFNULL(LEFT({ClientSession.Name(table.Column)}, 10), ''), COUNT(*), {RangeChecksum.Sum(table, facts)} "
                + $"FROM {ClientSession.Name(table.Name)}";
            foreach (string part in await PartsAsync(table, cancellation).ConfigureAwait(false))
            {
                scans.Add(async transaction => checks[table.Name].Add(
                    await transaction.AskAsync($"{question}{part} GROUP BY 1", cancellation).ConfigureAwait(false)));
            }
        }

        return scans;
    }

    /// <summary>Halves of a table, so that two connections have as much to do.</summary>
    private async Task<string[]> PartsAsync(RangeTable table, CancellationToken cancellation)
    {
        if (!table.HasNumber || streams < 2)
        {
            return [string.Empty];
        }

        long middle = await session
            .AskNumberAsync($"SELECT IFNULL((MIN(id) + MAX(id)) DIV 2, 0) FROM {ClientSession.Name(table.Name)}", cancellation).ConfigureAwait(false);
        return [string.Create(CultureInfo.InvariantCulture, $" WHERE id < {middle}"), string.Create(CultureInfo.InvariantCulture, $" WHERE id >= {middle}")];
    }

    /// <summary>Ranges that are neither dumped nor as the earlier snapshot has them.</summary>
    /// <exception cref="AsterisellException"><c>BackupRowsDiffer</c>: a dump brought other rows than the database has in the same moment.</exception>
    private List<(string Table, string Month)> FindMissing(Moment moment, Dictionary<string, TableCheck> checks)
    {
        List<(string, string)> missing = [];
        List<string> wrong = [];
        Dictionary<(string, string), long> dumped = RangesOf(moment).ToDictionary(range => (range.Table, range.File.Month!), range => range.File.Rows[range.Table]);
        foreach (RangeTable table in tables)
        {
            IReadOnlyDictionary<string, (long Rows, string Checksum)> months = checks[table.Name].ByMonth();
            foreach ((string month, (long rows, string checksum)) in months)
            {
                if (dumped.TryGetValue((table.Name, month), out long came))
                {
                    Compare(table.Name, month, came, rows);
                }
                else if (earlier.Find(table.Name, month) is not { } before || !RowPieces.IsSame(before, checksum, rows))
                {
                    missing.Add((table.Name, month));
                }
            }

            foreach (((string name, string month), long came) in dumped.Where(range => range.Key.Item1 == table.Name && !months.ContainsKey(range.Key.Item2)))
            {
                Compare(name, month, came, 0);
            }
        }

        return wrong.Count == 0 ? missing : throw BackupErrors.BackupRowsDiffer(run.Target, string.Join("; ", wrong.Take(5)));

        void Compare(string table, string month, long came, long rows)
        {
            if (came != rows)
            {
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{table} of {month} has {came} rows in the dump and {rows} in the database at the same moment"));
            }
        }
    }

    private RowsTaken Complete(Moment moment, Dictionary<string, TableCheck> checks, RowProof proof)
    {
        RowPieces pieces = new(run, earlier);
        foreach (RowFile file in moment.Dumps.SelectMany(dump => dump.Files).Where(file => file.Month is null))
        {
            pieces.AddWhole(file);
        }

        Dictionary<(string, string), RowFile> dumped = RangesOf(moment).ToDictionary(range => (range.Table, range.File.Month!), range => range.File);
        Dictionary<string, long> counted = new(proof.Counted, StringComparer.Ordinal);
        List<ManifestDayCount> days = [.. proof.Days];
        foreach (RangeTable table in tables)
        {
            IReadOnlyDictionary<string, (long Rows, string Checksum)> months = checks[table.Name].ByMonth();
            foreach ((string month, (long rows, string checksum)) in months)
            {
                if (dumped.TryGetValue((table.Name, month), out RowFile? file))
                {
                    pieces.AddRange(table, file, checksum);
                }
                else if (!pieces.TryAddUnchanged(table, month, checksum, rows))
                {
                    throw BackupErrors.BackupTargetFailed(run.Target, run.Snapshot.PartialPath, new IOException($"the earlier {table.Name} of {month} went meanwhile"));
                }
            }

            counted[table.Name] = checks[table.Name].Rows;
            if (RowCounts.HasDays(table.Name))
            {
                days.AddRange(checks[table.Name].Days.Select(day => new ManifestDayCount { Table = table.Name, Day = day.Day, Rows = day.Rows }));
            }
        }

        return new RowsTaken(pieces.Pieces, new RowProof(counted, days), moment.Held);
    }

    private static IEnumerable<(string Table, RowFile File)> RangesOf(Moment moment) =>
        moment.Dumps.SelectMany(dump => dump.Files).Where(file => file.Month is not null).Select(file => (file.Rows.Keys.Single(), file));

    private void Discard(IEnumerable<RowDump> dumps)
    {
        foreach (string path in dumps.SelectMany(dump => dump.Paths))
        {
            run.Snapshot.Remove(path);
        }
    }

    private void Report(long bytes, long expected) => run.Report("dumping the database", Interlocked.Add(ref _textBytes, bytes), expected);
}
