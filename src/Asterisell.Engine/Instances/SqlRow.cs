namespace Asterisell.Engine.Instances;

/// <summary>One row: cells by column name or position. A cell is null for SQL NULL, else exactly what the server sent.</summary>
public sealed class SqlRow(IReadOnlyList<string> columns, IReadOnlyList<string?> cells)
{
    /// <summary>Names of the columns, in the order of the statement.</summary>
    public IReadOnlyList<string> Columns { get; } = columns;

    /// <summary>Cells, in the order of the statement.</summary>
    public IReadOnlyList<string?> Cells { get; } = cells;

    /// <summary>The cell of a column.</summary>
    public string? this[string column]
    {
        get
        {
            for (int i = 0; i < Columns.Count; i++)
            {
                if (string.Equals(Columns[i], column, StringComparison.OrdinalIgnoreCase))
                {
                    return Cells[i];
                }
            }

            throw new ArgumentException($"The statement has no column '{column}'; it has {string.Join(", ", Columns)}.", nameof(column));
        }
    }
}
