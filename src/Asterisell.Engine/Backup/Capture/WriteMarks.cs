using System.Globalization;
using System.Text.RegularExpressions;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>
/// What the server remembers of writing, at one moment: two of them tell whether a table was written in between. Only a table that was not
/// must count the same in the dump and beside it.
/// </summary>
/// <remarks>
/// InnoDB counts the changes to each table, dirty ones too, and starts again at 0 when a tenth of the rows has changed. A small table can so
/// show the same number before and after; for it the server's counters of all writing decide.
/// </remarks>
internal sealed partial class WriteMarks
{
    /// <summary>A table with fewer rows may have started again at the same number.</summary>
    private const long SmallTable = 10_000;

    private readonly Dictionary<string, string> _tables = new(StringComparer.Ordinal);
    private string _server = string.Empty;

    /// <summary>Reads them; needs root (PROCESS).</summary>
    public static async Task<WriteMarks> ReadAsync(ClientSession session, string database, CancellationToken cancellation)
    {
        WriteMarks marks = new();
        IReadOnlyList<string[]> server = await session.AskAsync(
            "SHOW GLOBAL STATUS WHERE Variable_name IN ('Handler_write', 'Handler_update', 'Handler_delete')", cancellation).ConfigureAwait(false);
        marks._server = string.Join(',', server.Select(row => row[1]));
        foreach (string[] row in await session.AskAsync(
            "SELECT NAME, MODIFIED_COUNTER FROM information_schema.INNODB_SYS_TABLESTATS", cancellation).ConfigureAwait(false))
        {
            if (row[0].Split('/') is [var schema, var table] && Decode(schema) == database)
            {
                marks._tables[Decode(table)] = row[1];
            }
        }

        return marks;
    }

    /// <summary>Whether a table may have been written since, which is also so where nothing is known of it.</summary>
    /// <param name="later">Marks read later.</param>
    /// <param name="table">Table.</param>
    /// <param name="rows">Its rows, about.</param>
    public bool MayHaveChanged(WriteMarks later, string table, long rows) =>
        !_tables.TryGetValue(table, out string? before) || !later._tables.TryGetValue(table, out string? after)
        || before != after
        || (rows < SmallTable && _server != later._server);

    /// <summary>InnoDB writes signs other than letters, digits and <c>_</c> as <c>@</c> and their four hexadecimal digits.</summary>
    private static string Decode(string name) => Escape().Replace(
        name, match => ((char)int.Parse(match.ValueSpan[1..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    [GeneratedRegex("@[0-9a-f]{4}", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
