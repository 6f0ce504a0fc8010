using Asterisell.Engine.Backup.Manifest;

namespace Asterisell.Engine.Backup.Capture.Ranges;

/// <summary>A table that is kept by months: one that grows for years while old months hardly change.</summary>
/// <param name="Name">Table.</param>
/// <param name="Column">Column with the date.</param>
/// <param name="ColumnIndex">Its number, from 0.</param>
/// <param name="Columns">All columns, in their order.</param>
/// <param name="Definition">SHA-256 of the definition of the columns.</param>
internal sealed record RangeTable(string Name, string Column, int ColumnIndex, IReadOnlyList<TableColumn> Columns, string Definition)
{
    /// <summary>The application's large tables, the largest first, each with its date.</summary>
    private static readonly (string Table, string Column)[] Known =
        [("ar_cdr", "calldate"), ("ar_source_cdr", "calldate"), ("ar_report", "from_date")];

    /// <summary>True where the primary key is a number, so that a scan can be parted.</summary>
    public bool HasNumber => Columns.Any(column => column is { Name: "id", IsPrimaryKey: true, Type: "int" or "bigint" });

    /// <summary>Those that a database has. One of another engine or with columns that a dump does not write is kept whole.</summary>
    public static IReadOnlyList<RangeTable> Find(DatabaseFacts facts, TableShapes shapes)
    {
        List<RangeTable> found = [];
        foreach ((string table, string date) in Known)
        {
            IReadOnlyList<TableColumn> columns = shapes.ColumnsOf(table);
            int index = columns.ToList().FindIndex(column => column.Name == date && column.Type is "datetime" or "date");
            if (index >= 0 && columns.All(column => column.IsPlain) && facts.HasSnapshots(table))
            {
                found.Add(new RangeTable(table, date, index, columns, shapes.FingerprintOf(table)));
            }
        }

        return found;
    }

    /// <summary>Condition for the rows of one month, so that the index on the date can serve it.</summary>
    public string Where(string month)
    {
        string column = ClientSession.Name(Column);
        return month == ManifestRange.NoMonth ? $"{column} IS NULL"
            : Months.IsCalendar(month) ? $"({column} >= '{month}-01' - INTERVAL 1 DAY AND {column} < '{month}-01' + INTERVAL 1 MONTH AND LEFT({column}, 7) = '{month}')"
            : $"LEFT({column}, 7) = '{month}'";
    }

    /// <summary>Condition for the rows of a calendar month and all later ones.</summary>
    public string WhereFrom(string month)
    {
        string column = ClientSession.Name(Column);
        return $"({column} >= '{month}-01' - INTERVAL 1 DAY AND LEFT({column}, 7) >= '{month}')";
    }
}
