using System.Buffers;

namespace Asterisell.Engine.Instances;

/// <summary>Rows of the client's tab-separated form (<c>--batch</c>), with the column of null marks last.</summary>
/// <remarks>The client writes tab, newline, backslash and NUL of a cell as <c>\t \n \\ \0</c>, every other byte as it is.</remarks>
internal static class BatchRow
{
    /// <summary>The row of a line.</summary>
    /// <param name="line">Without its newline.</param>
    /// <param name="columns">Names, without the null marks.</param>
    /// <exception cref="FormatException">The line is no row of these columns.</exception>
    public static SqlRow Parse(ReadOnlySpan<byte> line, IReadOnlyList<string> columns)
    {
        string?[] cells = new string?[columns.Count];
        for (int i = 0; i < cells.Length; i++)
        {
            int length = line.IndexOf((byte)'\t');
            if (length < 0)
            {
                throw new FormatException($"a row has {i + 1} columns instead of {columns.Count + 1}");
            }

            cells[i] = Unescape(line[..length]);
            line = line[(length + 1)..];
        }

        if (line.Length != cells.Length)
        {
            throw new FormatException($"a row has {line.Length} null marks instead of {cells.Length}");
        }

        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = line[i] switch
            {
                (byte)'0' => cells[i],
                (byte)'1' when cells[i] == "NULL" => null,
                _ => throw new FormatException($"a row has the null mark 0x{line[i]:X2} for the cell '{columns[i]}'"),
            };
        }

        return new SqlRow(columns, cells);
    }

    private static string Unescape(ReadOnlySpan<byte> cell)
    {
        if (!cell.Contains((byte)'\\'))
        {
            return ByteText.Decode(cell);
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(cell.Length);
        try
        {
            int written = 0;
            for (int i = 0; i < cell.Length; i++)
            {
                rented[written++] = cell[i] != (byte)'\\' ? cell[i] : (++i < cell.Length ? cell[i] : (byte)0xFF) switch
                {
                    (byte)'t' => (byte)'\t',
                    (byte)'n' => (byte)'\n',
                    (byte)'0' => (byte)0,
                    (byte)'\\' => (byte)'\\',
                    _ => throw new FormatException("a cell has a backslash that escapes nothing"),
                };
            }

            return ByteText.Decode(rented.AsSpan(0, written));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
