using System.Diagnostics;
using System.Globalization;
using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Sanitize;

/// <summary>
/// Masks a database that nobody uses yet: one that is being loaded, before it takes its place. Large tables are changed range by range, so
/// that neither the server's undo log nor an interruption grows with them. Afterwards every row of every masked column is looked at, and
/// counts and sums of all numbers are compared.
/// </summary>
/// <param name="session">As root: it makes a function in the database, and it turns the query log off for itself.</param>
/// <param name="database">The database.</param>
/// <param name="target">The instance as messages name it.</param>
/// <param name="progress">Told the steps; null for nobody.</param>
internal sealed class Sanitizer(ClientSession session, string database, string target, IOperationProgress? progress)
{
    private const long RowsAtATime = 50_000;

    private long _rows;

    /// <summary>Masks everything.</summary>
    /// <exception cref="AsterisellException">
    /// <c>SanitizeColumnUnknown</c> before anything is changed; <c>SanitizeIncomplete</c>, <c>SanitizeNumbersChanged</c>: throw the database away.
    /// </exception>
    public async Task<SanitizeSummary> RunAsync(SanitizeOptions options, CancellationToken cancellation)
    {
        long began = Stopwatch.GetTimestamp();
        SanitizePlan plan = await SanitizePlan
            .ReadAsync(session, database, SanitizeRules.Shipped, options.AllowUnknownColumns, target, cancellation).ConfigureAwait(false);
        await PrepareAsync(SanitizeKey.FromOrRandom(options.Key), cancellation).ConfigureAwait(false);
        for (int i = 0; i < plan.Tables.Count; i++)
        {
            progress?.Report($"masking {plan.Tables[i].Name}", i * 100 / plan.Tables.Count);
            await MaskAsync(plan.Tables[i], cancellation).ConfigureAwait(false);
        }

        await session.AskAsync($"DROP FUNCTION {MaskSql.CodesFunction}", cancellation).ConfigureAwait(false);
        return new SanitizeSummary
        {
            MaskedColumns = [.. plan.Tables.SelectMany(table => table.Masked.Select(column => $"{table.Name}.{column.Name}"))],
            EmptiedTables = [.. plan.Tables.Where(table => table.Emptied).Select(table => table.Name)],
            AllowedColumns = plan.Allowed,
            MaskedRows = _rows,
            Duration = Stopwatch.GetElapsedTime(began),
        };
    }

    private async Task PrepareAsync(SanitizeKey key, CancellationToken cancellation)
    {
        // The key must reach no log, and the masks no replica. An old row may hold what the strict mode of today refuses.
        await session.AskAsync("SET SESSION sql_log_off = 1, sql_log_bin = 0, foreign_key_checks = 0, sql_mode = 'NO_ENGINE_SUBSTITUTION'", cancellation)
            .ConfigureAwait(false);
        await session.AskAsync($"USE {ClientSession.Name(database)}", cancellation).ConfigureAwait(false);
        if (await session.AskNumberAsync("SELECT IFNULL(LENGTH(SHA2('a', 256)), 0)", cancellation).ConfigureAwait(false) != 64)
        {
            string version = (await session.AskAsync("SELECT @@version", cancellation).ConfigureAwait(false))[0][0];
            throw SanitizeErrors.SanitizeHashMissing(target, version);
        }

        await session.AskAsync(key.ToSql(), cancellation).ConfigureAwait(false);
        await session.AskAsync($"DROP FUNCTION IF EXISTS {MaskSql.CodesFunction}", cancellation).ConfigureAwait(false);
        await session.AskAsync($"DELIMITER $$\n{MaskSql.CreateCodesFunction}$$\nDELIMITER ;\nDO 0", cancellation).ConfigureAwait(false);
    }

    private async Task MaskAsync(SanitizeTable table, CancellationToken cancellation)
    {
        string name = ClientSession.Name(table.Name);
        if (table.Emptied)
        {
            await session.AskAsync($"TRUNCATE TABLE {name}", cancellation).ConfigureAwait(false);
            return;
        }

        string[] before = await SumsAsync(table, cancellation).ConfigureAwait(false);
        string set = string.Join(", ", table.Masked.Select(column =>
            $"{ClientSession.Name(column.Name)} = {MaskSql.Expression(column.Rule, ClientSession.Name(column.Name), column.Nullable)}"));
        await foreach (string range in RangesAsync(table, name, cancellation).ConfigureAwait(false))
        {
            _rows += await session.AskNumberAsync($"UPDATE {name} SET {set}{range};\nSELECT ROW_COUNT()", cancellation).ConfigureAwait(false);
        }

        string[] after = await SumsAsync(table, cancellation).ConfigureAwait(false);
        if (!before.SequenceEqual(after))
        {
            throw SanitizeErrors.SanitizeNumbersChanged(target, table.Name);
        }

        await RequireMaskedAsync(table, name, cancellation).ConfigureAwait(false);
    }

    /// <summary>Conditions that together cover the table.</summary>
    private async IAsyncEnumerable<string> RangesAsync(
        SanitizeTable table, string name, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        if (table.Key is null)
        {
            yield return string.Empty;
            yield break;
        }

        string key = ClientSession.Name(table.Key);
        string[] ends = (await session
            .AskAsync($"SELECT IFNULL(MIN({key}), 1), IFNULL(MAX({key}), 0) FROM {name}", cancellation).ConfigureAwait(false))[0];
        long first = long.Parse(ends[0], CultureInfo.InvariantCulture);
        long last = long.Parse(ends[1], CultureInfo.InvariantCulture);
        while (first <= last)
        {
            // By rows and not by numbers: a table that was filled and emptied for years has gaps of millions.
            string[] end = (await session.AskAsync(
                $"SELECT MAX({key}) FROM (SELECT {key} FROM {name} WHERE {key} >= {Text(first)} ORDER BY {key} LIMIT {Text(RowsAtATime)}) r",
                cancellation).ConfigureAwait(false))[0];
            long until = long.Parse(end[0], CultureInfo.InvariantCulture);
            if (last - first > 2 * RowsAtATime)
            {
                progress?.Report($"masking {table.Name} up to row {Text(until)} of {Text(last)}");
            }

            yield return $" WHERE {key} BETWEEN {Text(first)} AND {Text(until)}";
            first = until + 1;
        }
    }

    private async Task<string[]> SumsAsync(SanitizeTable table, CancellationToken cancellation)
    {
        IEnumerable<string> sums = table.Numbers.Select(column => $"IFNULL(SUM({ClientSession.Name(column)}), 0)");
        return (await session
            .AskAsync($"SELECT {string.Join(", ", sums.Prepend("COUNT(*)"))} FROM {ClientSession.Name(table.Name)}", cancellation)
            .ConfigureAwait(false))[0];
    }

    private async Task RequireMaskedAsync(SanitizeTable table, string name, CancellationToken cancellation)
    {
        IEnumerable<string> clear = table.Masked.Select(column =>
            $"IFNULL(SUM({MaskSql.IsClear(column.Rule, ClientSession.Name(column.Name))}), 0)");
        string[] counts = (await session.AskAsync($"SELECT {string.Join(", ", clear)} FROM {name}", cancellation).ConfigureAwait(false))[0];
        int found = Array.FindIndex(counts, count => count != "0");
        if (found >= 0)
        {
            throw SanitizeErrors.SanitizeIncomplete(target, $"{counts[found]} rows of {table.Name}.{table.Masked[found].Name}");
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
