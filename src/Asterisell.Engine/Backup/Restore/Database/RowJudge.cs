using System.Globalization;
using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Restore.Database;

/// <summary>Says whether a database holds what is expected: rows of every table, calls of every day, and everything that is no table.</summary>
/// <param name="instance">Where.</param>
/// <param name="clients">Starts clients.</param>
internal sealed class RowJudge(IInstance instance, IDatabaseClients clients)
{
    /// <summary>Counts and compares.</summary>
    /// <param name="database">Database to look at.</param>
    /// <param name="expected">What must be there.</param>
    /// <param name="cancellation">Ends the questions.</param>
    /// <returns>What differs, in words; empty when nothing does.</returns>
    public async Task<IReadOnlyList<string>> CompareAsync(string database, ExpectedDatabase expected, CancellationToken cancellation)
    {
        ClientSession session = await RootSession.OpenAsync(instance, clients, database, cancellation).ConfigureAwait(false);
        HashSet<string> present = [.. await StagedDatabase.ListTablesAsync(session, database, cancellation).ConfigureAwait(false)];
        List<string> differences = [.. expected.Rows.Keys.Where(table => !present.Contains(table)).Select(table => $"the table {table} is missing")];
        if (expected.Objects is { } objects)
        {
            differences.AddRange(objects.Missing(await DatabaseObjects.ReadAsync(session, database, cancellation).ConfigureAwait(false)));
        }

        RowCounts counts = await RowCounts.BeginAsync(session, cancellation).ConfigureAwait(false);
        await using (counts.ConfigureAwait(false))
        {
            Dictionary<string, long> rows = await counts.CountAsync(expected.Rows.Keys.Where(present.Contains), cancellation).ConfigureAwait(false);
            differences.AddRange(rows.Where(row => row.Value != expected.Rows[row.Key]).Select(row =>
                string.Create(CultureInfo.InvariantCulture, $"{row.Key} has {row.Value} rows, expected {expected.Rows[row.Key]}")));
            differences.AddRange(Compare(expected.Days, counts.Days));
        }

        return differences;
    }

    private static IEnumerable<string> Compare(IReadOnlyList<ManifestDayCount> expected, IReadOnlyList<ManifestDayCount> actual)
    {
        HashSet<string> tables = [.. expected.Select(day => day.Table)];
        Dictionary<(string, string), long> found = actual.ToDictionary(day => (day.Table, day.Day), day => day.Rows);
        foreach (ManifestDayCount day in expected)
        {
            found.Remove((day.Table, day.Day), out long rows);
            if (rows != day.Rows)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{day.Table} has {rows} rows of {day.Day}, expected {day.Rows}");
            }
        }

        foreach (((string table, string day), long rows) in found.Where(one => tables.Contains(one.Key.Item1)))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{table} has {rows} rows of {day}, expected none");
        }
    }
}

/// <summary>What a database must hold.</summary>
internal sealed record ExpectedDatabase
{
    /// <summary>Tables with their rows.</summary>
    public required IReadOnlyDictionary<string, long> Rows { get; init; }

    /// <summary>Rows of the large tables by day; of a table that is not here, only the sum is known.</summary>
    public IReadOnlyList<ManifestDayCount> Days { get; init; } = [];

    /// <summary>Views, triggers, routines and events; null where they are not looked at.</summary>
    public DatabaseObjects? Objects { get; init; }

    /// <summary>The same without rows in some tables.</summary>
    public ExpectedDatabase Without(IReadOnlyCollection<string> emptied) => this with
    {
        Rows = Rows.ToDictionary(table => table.Key, table => emptied.Contains(table.Key) ? 0 : table.Value, StringComparer.Ordinal),
    };

    /// <summary>What a backup holds, or only some of its tables.</summary>
    public static ExpectedDatabase Of(ManifestDatabase database, IReadOnlyList<string>? tables)
    {
        bool IsWanted(string table) => tables is null || tables.Contains(table);
        return new ExpectedDatabase
        {
            Rows = database.Tables.Where(table => IsWanted(table.Name)).ToDictionary(table => table.Name, table => table.Rows, StringComparer.Ordinal),
            Days = [.. database.Days.Where(day => IsWanted(day.Table))],
            Objects = tables is null
                ? new DatabaseObjects(database.Views, database.Triggers, [.. database.Routines.Select(name => ("", name))], database.Events)
                : null,
        };
    }
}
