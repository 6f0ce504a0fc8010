using System.Globalization;
using Asterisell.Engine.Backup.Manifest;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>
/// That the dump holds the rows which the database has: a table that counts the same in the dump and in one of two snapshots beside it is
/// proven; where neither does, the table was written in between, or the dump is wrong.
/// </summary>
/// <param name="Counted">Rows of the tables that are proven.</param>
/// <param name="Days">Their days, where they were counted by day.</param>
internal sealed record RowProof(IReadOnlyDictionary<string, long> Counted, IReadOnlyList<ManifestDayCount> Days)
{
    /// <summary>Compares the rows of a dump with the counts.</summary>
    /// <param name="run">The backup.</param>
    /// <param name="dump">Rows that the dump holds, by table.</param>
    /// <param name="before">Snapshot of the database just before the dump's.</param>
    /// <param name="counted">Rows of all tables in that one.</param>
    /// <param name="after">Snapshot just after the dump's; asked for the tables that differ.</param>
    /// <param name="mayHaveChanged">Told table and rows; true when it may have been written between the two.</param>
    /// <param name="cancellation">Ends the questions.</param>
    /// <exception cref="AsterisellException"><c>BackupRowsDiffer</c></exception>
    public static async Task<RowProof> MakeAsync(
        BackupRun run,
        IReadOnlyDictionary<string, long> dump,
        RowCounts before,
        Dictionary<string, long> counted,
        RowCounts after,
        Func<string, long, bool> mayHaveChanged,
        CancellationToken cancellation)
    {
        Dictionary<string, long> proven = new(StringComparer.Ordinal);
        List<ManifestDayCount> days = [];
        List<string> wrong = [];
        foreach ((string table, long first) in counted.Where(table => dump.ContainsKey(table.Key)))
        {
            long rows = dump[table];
            if (rows == first)
            {
                proven[table] = rows;
                days.AddRange(before.Days.Where(day => day.Table == table));
                continue;
            }

            long second = (await after.CountAsync([table], cancellation).ConfigureAwait(false))[table];
            if (rows == second)
            {
                proven[table] = rows;
                days.AddRange(after.Days.Where(day => day.Table == table));
            }
            else if (mayHaveChanged(table, Math.Max(rows, Math.Max(first, second))))
            {
                run.Note($"{table} was being written when the dump began: its number of rows could not be compared with the database.");
            }
            else
            {
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{table} has {rows} rows in the dump, {first} just before and {second} just after its begin"));
            }
        }

        return wrong.Count == 0 ? new RowProof(proven, days) : throw BackupErrors.BackupRowsDiffer(run.Target, string.Join("; ", wrong));
    }

    /// <summary>Compares the rows of dumps with counts of the same moment.</summary>
    /// <param name="run">The backup.</param>
    /// <param name="facts">What the tables are: one without snapshots has no moment, and was written where it differs.</param>
    /// <param name="rows">Rows that the dumps hold.</param>
    /// <param name="counted">Rows that the database counts.</param>
    /// <param name="days">Days of them.</param>
    /// <exception cref="AsterisellException"><c>BackupRowsDiffer</c></exception>
    public static RowProof OfOneMoment(
        BackupRun run, DatabaseFacts facts, IReadOnlyDictionary<string, long> rows, IReadOnlyDictionary<string, long> counted, IReadOnlyList<ManifestDayCount> days)
    {
        Dictionary<string, long> proven = new(StringComparer.Ordinal);
        List<string> wrong = [];
        foreach ((string table, long expected) in counted)
        {
            if (rows[table] == expected)
            {
                proven[table] = expected;
            }
            else if (facts.HasSnapshots(table))
            {
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{table} has {rows[table]} rows in the dump and {expected} in the database at the same moment"));
            }
            else
            {
                run.Note($"{table} was being written while it was dumped: its number of rows could not be compared with the database.");
            }
        }

        return wrong.Count == 0
            ? new RowProof(proven, [.. days.Where(day => proven.ContainsKey(day.Table))])
            : throw BackupErrors.BackupRowsDiffer(run.Target, string.Join("; ", wrong));
    }
}
