using System.Globalization;
using System.Text;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Undo;

/// <summary>What a restore of a point would change: first in the application's readable export, then row by row.</summary>
internal sealed class OrganizationDiff(IInstance instance, OrganizationTables tables)
{
    /// <summary>Rows that are shown; thousands of them nobody reads.</summary>
    private const int MostRows = 2000;

    /// <summary>Makes the text; empty where nothing would change.</summary>
    /// <param name="point">The point.</param>
    /// <param name="then">Its rows.</param>
    /// <param name="now">The rows of now.</param>
    /// <param name="newest">The newest point, whose export is that of now if its rows are; null where there is none.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<string> MakeAsync(OrganizationPoint point, RowIndex then, RowIndex now, long? newest, CancellationToken cancellation)
    {
        if (then.ChangesFrom(now).IsEmpty)
        {
            return "";
        }

        string id = point.Id.ToString(CultureInfo.InvariantCulture);
        var text = new StringBuilder();
        string? before = newest is { } saved ? await OrganizationExport.FindAsync(instance, saved, cancellation).ConfigureAwait(false) : null;
        before ??= await OrganizationExport.MakeAsync(instance, cancellation).ConfigureAwait(false);
        string? after = await OrganizationExport.FindAsync(instance, point.Id, cancellation).ConfigureAwait(false);
        if (before is not null && after is not null)
        {
            string hunks = TextDiff.Unified(SecretMask.Text(before), SecretMask.Text(after));
            text.Append(hunks.Length == 0 ? "" : $"--- organizations now\n+++ organizations {id}\n{hunks}");
        }

        Dictionary<(string Table, string Key), (DumpRow? Now, DumpRow? Then)> rows = [];
        int more = await CollectAsync(point.RowsAsync(new DumpRows(), cancellation), now, rows, (old, row) => (old.Now, row)).ConfigureAwait(false);
        more += await CollectAsync(
            PresentOrganizations.RowsAsync(instance, new DumpRows(), null, cancellation), then, rows, (old, row) => (row, old.Then)).ConfigureAwait(false);
        foreach (string table in OrganizationTables.Names)
        {
            AppendTable(text, table, id, [.. rows.Where(row => row.Key.Table == table).Select(row => row.Value)]);
        }

        return more == 0 ? text.ToString() : text.Append(CultureInfo.InvariantCulture, $"# {more} more rows differ\n").ToString();
    }

    private async Task<int> CollectAsync(
        IAsyncEnumerable<DumpRow> source, RowIndex other, Dictionary<(string Table, string Key), (DumpRow? Now, DumpRow? Then)> rows,
        Func<(DumpRow? Now, DumpRow? Then), DumpRow, (DumpRow? Now, DumpRow? Then)> put)
    {
        int more = 0;
        await foreach (DumpRow row in source.ConfigureAwait(false))
        {
            if (other.HasSame(row) == true)
            {
                continue;
            }

            (string, string) key = (row.Table, tables.KeyOf(row));
            if (rows.ContainsKey(key) || rows.Count < MostRows)
            {
                rows[key] = put(rows.GetValueOrDefault(key), row);
            }
            else
            {
                more += other.HasSame(row) is null ? 1 : 0;
            }
        }

        return more;
    }

    private void AppendTable(StringBuilder text, string table, string id, IReadOnlyList<(DumpRow? Now, DumpRow? Then)> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"--- {table} now\n+++ {table} {id}\n");
        IReadOnlyList<(string Name, bool IsKey)> columns = tables.ColumnsOf(table);
        foreach ((DumpRow? now, DumpRow? then) in rows)
        {
            DumpRow any = now ?? then!;
            string key = string.Join(", ", columns.Select((column, at) => (column, at)).Where(one => one.column.IsKey).Select(one => $"{one.column.Name}={any.Literals[one.at]}"));
            text.Append(CultureInfo.InvariantCulture, $"@@ {key} @@\n");
            for (int at = 0; at < columns.Count; at++)
            {
                if (columns[at].IsKey ? columns.All(column => column.IsKey) : now?.Literals[at] != then?.Literals[at])
                {
                    Append('-', columns[at].Name, now?.Literals[at]);
                    Append('+', columns[at].Name, then?.Literals[at]);
                }
            }
        }

        void Append(char sign, string column, string? literal)
        {
            if (literal is not null)
            {
                text.Append(sign).Append(column).Append(": ").Append(SecretMask.Show(column, DumpRow.Read(literal)).ReplaceLineEndings("\\n")).Append('\n');
            }
        }
    }
}
