using System.Globalization;
using Asterisell.Engine.Backup.Manifest;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>
/// Rows as the database itself counts them, in a transaction whose snapshot is of a moment just before or just after the dump's.
/// docs/decisions tells why two such moments prove what one cannot.
/// </summary>
internal sealed class RowCounts : IAsyncDisposable
{
    private static readonly string[] TablesWithDays = ["ar_cdr", "ar_source_cdr"];

    private readonly ClientSession _session;

    private RowCounts(ClientSession session) => _session = session;

    /// <summary>Days of the tables that were counted by day.</summary>
    public List<ManifestDayCount> Days { get; } = [];

    /// <summary>Takes the snapshot now; counting comes later and still counts this moment.</summary>
    /// <param name="session">Is used for nothing else from now on.</param>
    /// <param name="cancellation">Ends the question.</param>
    public static async Task<RowCounts> BeginAsync(ClientSession session, CancellationToken cancellation)
    {
        foreach (string statement in new[]
        {
            "SET SESSION wait_timeout = 86400, net_read_timeout = 3600, net_write_timeout = 3600",
            "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
            "START TRANSACTION WITH CONSISTENT SNAPSHOT",
        })
        {
            await session.AskAsync(statement, cancellation).ConfigureAwait(false);
        }

        return new RowCounts(session);
    }

    /// <summary>Rows of some tables.</summary>
    public async Task<Dictionary<string, long>> CountAsync(IEnumerable<string> tables, CancellationToken cancellation)
    {
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        foreach (string table in tables)
        {
            // Back to the savepoint after each table: a transaction that has read a table keeps ALTER TABLE waiting, and everybody behind it.
            await _session.AskAsync("SAVEPOINT counting", cancellation).ConfigureAwait(false);
            counts[table] = TablesWithDays.Contains(table)
                ? await CountDaysAsync(table, cancellation).ConfigureAwait(false)
                : await _session.AskNumberAsync($"SELECT COUNT(*) FROM {ClientSession.Name(table)}", cancellation).ConfigureAwait(false);
            await _session.AskAsync("ROLLBACK TO SAVEPOINT counting", cancellation).ConfigureAwait(false);
        }

        return counts;
    }

    /// <summary>Ends the session, and with it the transaction.</summary>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private async Task<long> CountDaysAsync(string table, CancellationToken cancellation)
    {
        Days.RemoveAll(day => day.Table == table);
        IReadOnlyList<string[]> rows = await _session.AskAsync(
            $"SELECT IFNULL(DATE(calldate), ''), COUNT(*) FROM {ClientSession.Name(table)} GROUP BY 1 ORDER BY 1", cancellation).ConfigureAwait(false);
        long sum = 0;
        foreach (string[] row in rows)
        {
            long count = long.Parse(row[1], CultureInfo.InvariantCulture);
            Days.Add(new ManifestDayCount { Table = table, Day = row[0], Rows = count });
            sum += count;
        }

        return sum;
    }
}
