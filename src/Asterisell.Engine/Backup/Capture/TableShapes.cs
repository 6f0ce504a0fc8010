using System.Security.Cryptography;
using System.Text;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>One column of a table.</summary>
/// <param name="Name">Name.</param>
/// <param name="Type">Its type without size, for example <c>varchar</c>.</param>
/// <param name="IsNullable">Whether it may hold NULL.</param>
/// <param name="IsPrimaryKey">Whether it is the primary key, or a part of it.</param>
/// <param name="IsPlain">False for one that is computed or hidden: mysqldump then names the columns.</param>
internal sealed record TableColumn(string Name, string Type, bool IsNullable, bool IsPrimaryKey = false, bool IsPlain = true);

/// <summary>
/// The columns of each table, at one moment. Structure and rows are dumped one after the other: where a table looks the same before and after
/// both, they fit together.
/// </summary>
internal sealed class TableShapes
{
    private readonly Dictionary<string, List<TableColumn>> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StringBuilder> _definitions = new(StringComparer.Ordinal);

    /// <summary>Asks the server.</summary>
    public static async Task<TableShapes> ReadAsync(ClientSession session, CancellationToken cancellation)
    {
        TableShapes shapes = new();
        foreach (string[] row in await session.AskAsync(
            """
            SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE, IS_NULLABLE, COLUMN_TYPE, IFNULL(COLUMN_DEFAULT, ''), IFNULL(CHARACTER_SET_NAME, ''),
              IFNULL(COLLATION_NAME, ''), COLUMN_KEY, EXTRA
            FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME, ORDINAL_POSITION
            """,
            cancellation).ConfigureAwait(false))
        {
            if (!shapes._columns.TryGetValue(row[0], out List<TableColumn>? columns))
            {
                columns = [];
                shapes._columns.Add(row[0], columns);
                shapes._definitions.Add(row[0], new StringBuilder());
            }

            bool plain = !row[9].Contains("GENERATED", StringComparison.OrdinalIgnoreCase)
                && !row[9].Contains("VIRTUAL", StringComparison.OrdinalIgnoreCase) && !row[9].Contains("PERSISTENT", StringComparison.OrdinalIgnoreCase)
                && !row[9].Contains("INVISIBLE", StringComparison.OrdinalIgnoreCase);
            columns.Add(new TableColumn(row[1], row[2], row[3] == "YES", row[8] == "PRI", plain));
            shapes._definitions[row[0]].AppendJoin('\t', row).Append('\n');
        }

        return shapes;
    }

    /// <summary>Columns of a table in their order; empty for one that is not there.</summary>
    public IReadOnlyList<TableColumn> ColumnsOf(string table) => _columns.TryGetValue(table, out List<TableColumn>? columns) ? columns : [];

    /// <summary>SHA-256 of everything that is known of the columns of a table, in lower case hexadecimal; empty for one that is not there.</summary>
    public string FingerprintOf(string table) => _definitions.TryGetValue(table, out StringBuilder? definition)
        ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(definition.ToString()))).ToLowerInvariant()
        : string.Empty;
}
