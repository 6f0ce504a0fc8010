using System.Globalization;

namespace Asterisell.Engine.Backup.Undo;

/// <summary>All rows of one state by table and key, as hashes: some fifty bytes a row.</summary>
internal sealed class RowIndex(OrganizationTables tables)
{
    private readonly Dictionary<(string Table, string Key), UInt128> _rows = [];

    /// <summary>Reads a whole state.</summary>
    /// <exception cref="InvalidDataException">It is no whole dump.</exception>
    public static async Task<RowIndex> ReadAsync(OrganizationTables tables, IAsyncEnumerable<DumpRow> rows, CancellationToken cancellation)
    {
        var index = new RowIndex(tables);
        await foreach (DumpRow row in rows.WithCancellation(cancellation).ConfigureAwait(false))
        {
            index._rows[(row.Table, tables.KeyOf(row))] = row.Hash;
        }

        return index;
    }

    /// <summary>Rows of a table.</summary>
    public long CountOf(string table) => _rows.Keys.LongCount(row => row.Table == table);

    /// <summary>What it makes of a row.</summary>
    /// <returns>Null where it has no row of that key; else whether that is the same.</returns>
    public bool? HasSame(DumpRow row) => _rows.TryGetValue((row.Table, tables.KeyOf(row)), out UInt128 hash) ? hash == row.Hash : null;

    /// <summary>What changed from another state to this one.</summary>
    public RowChanges ChangesFrom(RowIndex other)
    {
        var changes = new RowChanges();
        foreach (((string table, string _) row, UInt128 hash) in _rows)
        {
            changes.Note(row.table, other._rows.TryGetValue(row, out UInt128 before) ? (before == hash ? RowChange.None : RowChange.Changed) : RowChange.Added);
        }

        foreach ((string table, string _) row in other._rows.Keys.Where(row => !_rows.ContainsKey(row)))
        {
            changes.Note(row.table, RowChange.Removed);
        }

        return changes;
    }
}

/// <summary>What became of a row.</summary>
internal enum RowChange
{
    None,
    Added,
    Changed,
    Removed,
}

/// <summary>Changed rows, counted by table.</summary>
internal sealed class RowChanges
{
    private readonly Dictionary<(string Table, RowChange Change), int> _counts = [];

    /// <summary>True when there is none.</summary>
    public bool IsEmpty => _counts.Count == 0;

    public void Note(string table, RowChange change)
    {
        if (change != RowChange.None)
        {
            _counts[(table, change)] = _counts.GetValueOrDefault((table, change)) + 1;
        }
    }

    /// <summary><c>party: 1 changed; user: 2 added, 1 removed</c>.</summary>
    public override string ToString() => string.Join("; ", OrganizationTables.Names.Select(Of).Where(text => text.Length > 0));

    private string Of(string table)
    {
        string[] parts = [.. new[] { RowChange.Added, RowChange.Changed, RowChange.Removed }
            .Where(change => _counts.ContainsKey((table, change)))
            .Select(change => string.Create(CultureInfo.InvariantCulture, $"{_counts[(table, change)]} {change.ToString().ToLowerInvariant()}"))];
        return parts.Length == 0 ? "" : $"{table["ar_".Length..]}: {string.Join(", ", parts)}";
    }
}
