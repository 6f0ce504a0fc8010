using System.Globalization;
using Asterisell.Engine.Backup.Manifest;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>Rows as the database itself counts them, at the moment of a transaction.</summary>
internal sealed class RowCounts(SnapshotTransaction transaction) : IAsyncDisposable
{
    private static readonly string[] TablesWithDays = ["ar_cdr", "ar_source_cdr"];

    /// <summary>Days of the tables that were counted by day.</summary>
    public List<ManifestDayCount> Days { get; } = [];

    /// <summary>True for a table whose days belong into the manifest.</summary>
    public static bool HasDays(string table) => TablesWithDays.Contains(table);

    /// <summary>Takes the snapshot now; counting comes later and still counts this moment.</summary>
    /// <param name="session">Is used for nothing else from now on.</param>
    /// <param name="cancellation">Ends the question.</param>
    public static async Task<RowCounts> BeginAsync(ClientSession session, CancellationToken cancellation)
    {
        SnapshotTransaction transaction = await SnapshotTransaction.PrepareAsync(session, cancellation).ConfigureAwait(false);
        await transaction.BeginAsync(cancellation).ConfigureAwait(false);
        return new RowCounts(transaction);
    }

    /// <summary>Rows of some tables.</summary>
    public async Task<Dictionary<string, long>> CountAsync(IEnumerable<string> tables, CancellationToken cancellation)
    {
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        foreach (string table in tables)
        {
            string question = HasDays(table)
                ? $"SELECT IFNULL(LEFT(calldate, 10), ''), COUNT(*) FROM {ClientSession.Name(table)} GROUP BY 1 ORDER BY 1"
                : $"SELECT '', COUNT(*) FROM {ClientSession.Name(table)}";
            IReadOnlyList<string[]> rows = await transaction.AskAsync(question, cancellation).ConfigureAwait(false);
            counts[table] = rows.Sum(row => long.Parse(row[1], CultureInfo.InvariantCulture));
            if (HasDays(table))
            {
                Days.RemoveAll(day => day.Table == table);
                Days.AddRange(rows.Select(row => new ManifestDayCount
                {
                    Table = table, Day = row[0], Rows = long.Parse(row[1], CultureInfo.InvariantCulture),
                }));
            }
        }

        return counts;
    }

    /// <summary>Ends the session, and with it the transaction.</summary>
    public ValueTask DisposeAsync() => transaction.DisposeAsync();
}
