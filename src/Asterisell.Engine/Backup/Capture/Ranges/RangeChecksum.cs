using System.Globalization;
using System.Text;

namespace Asterisell.Engine.Backup.Capture.Ranges;

/// <summary>
/// A number that the database computes of the rows of a range, whatever their order: the sum, without overflow, of a 64-bit number for each row.
/// A row's text names every column so that no two different rows have the same: NULL is not the empty text, and what moves from one column
/// into the next is seen.
/// </summary>
/// <remarks>
/// The number of a row is the product of its CRC-32 and its CRC-32C, which are 64 independent bits, and as a product no longer linear: values
/// exchanged between two rows, which a sum or XOR of CRCs can miss, change it. It finds what happens by accident or by work, not what somebody
/// forges. MD5 costs half as much again as the whole; it stands in on servers without CRC32C (before 10.8).
/// </remarks>
internal static class RangeChecksum
{
    /// <summary>Before the number, so that only like is compared with like.</summary>
    public static string NameFor(DatabaseFacts facts) => facts.IsAtLeast(10, 8) ? "crc32*crc32c" : "md5/64";

    /// <summary>The aggregate over a group of rows.</summary>
    public static string Sum(RangeTable table, DatabaseFacts facts) => facts.IsAtLeast(10, 8)
        ? $"SUM(CRC32(@asterisell := {Row(table.Columns)}) * CRC32C(@asterisell))"
        : $"SUM(CAST(CONV(LEFT(MD5({Row(table.Columns)}), 16), 16, 10) AS UNSIGNED))";

    /// <summary>The text of one row.</summary>
    public static string Row(IReadOnlyList<TableColumn> columns)
    {
        StringBuilder text = new("CONCAT_WS(_binary'#'");
        foreach (TableColumn column in columns)
        {
            text.Append(", ").Append(Value(ClientSession.Name(column.Name), column.Type));
        }

        // CONCAT_WS leaves NULL out; which ones it left out stands at the end.
        foreach (TableColumn[] part in columns.Where(column => column.IsNullable).Chunk(60))
        {
            IEnumerable<string> bits = part.Select((column, bit) =>
                string.Create(CultureInfo.InvariantCulture, $"(({ClientSession.Name(column.Name)} IS NULL) << {bit})"));
            text.Append(", ").AppendJoin(" | ", bits);
        }

        return text.Append(')').ToString();
    }

    /// <summary>Numbers and times hold no '#'; a text has its length before it. A large one is hashed: the row's text must stay below a packet.</summary>
    private static string Value(string name, string type) => type switch
    {
        "tinyint" or "smallint" or "mediumint" or "int" or "bigint" or "decimal" or "float" or "double" or "year"
            or "date" or "time" or "datetime" or "timestamp" => name,
        "bit" => $"({name} + 0)",
        "char" or "varchar" or "tinytext" or "text" or "binary" or "varbinary" or "tinyblob" or "blob" or "enum" or "set" => $"LENGTH({name}), {name}",
        _ => $"LENGTH({name}), MD5({name})",
    };
}
