using System.Globalization;

namespace Asterisell.Engine.Instances;

/// <summary>One row: cells by column name or position. A cell is null for SQL NULL, else exactly what the server sent.</summary>
/// <remarks>
/// Cells are text as <see cref="ByteText"/> makes it: what is valid UTF-8 reads as such, any other byte survives and comes back by
/// <see cref="Bytes"/>.
/// </remarks>
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

    /// <summary>The bytes of a cell; null for NULL.</summary>
    public byte[]? Bytes(string column) => this[column] is { } cell ? ByteText.Encode(cell) : null;

    /// <summary>A whole number; null for NULL.</summary>
    /// <exception cref="FormatException">The cell is no whole number.</exception>
    public long? Whole(string column) => this[column] is { } cell ? long.Parse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : null;

    /// <summary>A number with decimals (sums come as such); null for NULL.</summary>
    /// <exception cref="FormatException">The cell is no number.</exception>
    public decimal? Number(string column) => this[column] is { } cell ? decimal.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    /// <summary>
    /// A date with time as written, of kind <see cref="DateTimeKind.Unspecified"/>: which clock wrote it, the caller has to know. Null for
    /// NULL and for MariaDB's zero date <c>0000-00-00 00:00:00</c>.
    /// </summary>
    /// <exception cref="FormatException">The cell is no date.</exception>
    public DateTime? Time(string column)
    {
        string? cell = this[column];
        return cell is null || cell.StartsWith("0000-00-00", StringComparison.Ordinal)
            ? null
            : DateTime.ParseExact(cell, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None);
    }

    private static readonly string[] TimeFormats = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-dd"];
}
