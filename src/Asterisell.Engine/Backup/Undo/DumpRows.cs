using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Undo;

/// <summary>
/// Reads the rows of a dump that holds INSERT statements alone, as <c>mysqldump --no-create-info --skip-triggers</c> writes it. Everything
/// else in it, such as LOCK TABLES, which would end a transaction, is left out.
/// </summary>
/// <remarks>mysqldump escapes line breaks within texts, so that a row never goes over two lines.</remarks>
internal sealed partial class DumpRows
{
    private const int LongestLine = 64 * 1024 * 1024;

    private string? _table;
    private bool _completed;

    /// <summary>Character set of the texts, as the dump sets it.</summary>
    public string CharacterSet { get; private set; } = "utf8";

    /// <summary>Rows so far.</summary>
    public long Count { get; private set; }

    /// <summary>The rows of a stream.</summary>
    /// <exception cref="InvalidDataException">While it is read: it is empty, cut off, or no such dump.</exception>
    public async IAsyncEnumerable<DumpRow> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var lines = new DelimitedBytes((byte)'\n', LongestLine);
        byte[] buffer = new byte[64 * 1024];
        bool any = false;
        while (await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false) is var read and > 0)
        {
            any = true;
            lines.Add(buffer.AsSpan(0, read));
            while (lines.TryTake(out ReadOnlyMemory<byte>? line))
            {
                foreach (DumpRow row in ReadLine(line.Value.Span))
                {
                    Count++;
                    yield return row;
                }
            }
        }

        if (!any)
        {
            throw new InvalidDataException("it is empty");
        }

        ReadLine(lines.Rest.Span);
        if (_table is not null || !_completed)
        {
            throw new InvalidDataException("it is cut off: its last line is not '-- Dump completed'");
        }
    }

    private List<DumpRow> ReadLine(ReadOnlySpan<byte> line)
    {
        if (_table is not null)
        {
            return ReadRows(ByteText.Decode(line), 0);
        }

        if (line.StartsWith("INSERT INTO `"u8))
        {
            _completed = false;
            string text = ByteText.Decode(line);
            Match head = Head().Match(text);
            _table = head.Success && OrganizationTables.Names.Contains(head.Groups["table"].Value)
                ? head.Groups["table"].Value
                : throw new InvalidDataException($"it holds rows of something else than organizations: {text[..Math.Min(60, text.Length)]}");
            return ReadRows(text, head.Length);
        }

        if (line.StartsWith("/*!40101 SET NAMES "u8) && CharacterSetLine().Match(Encoding.ASCII.GetString(line)) is { Success: true } names)
        {
            CharacterSet = names.Groups["name"].Value;
        }

        _completed = line.StartsWith("-- Dump completed"u8) || (_completed && line.IsEmpty);
        return [];
    }

    private List<DumpRow> ReadRows(string text, int at)
    {
        List<DumpRow> rows = [];
        while (at < text.Length)
        {
            switch (text[at])
            {
                case '(':
                    rows.Add(new DumpRow(_table!, ReadRow(text, ref at)));
                    break;
                case ';':
                    _table = null;
                    return at == text.TrimEnd().Length - 1 ? rows : throw new InvalidDataException("something stands behind a statement");
                case ',' or ' ' or '\r':
                    at++;
                    break;
                default:
                    throw new InvalidDataException($"a row begins with '{text[at]}'");
            }
        }

        return rows;
    }

    /// <summary>A row from its opening to behind its closing parenthesis.</summary>
    private static List<string> ReadRow(string text, ref int at)
    {
        List<string> cells = [];
        at++;
        while (true)
        {
            int start = at;
            while (at < text.Length && text[at] is not (',' or ')'))
            {
                at = text[at] == '\'' ? SkipQuoted(text, at) : at + 1;
            }

            if (at >= text.Length)
            {
                throw new InvalidDataException("a row is cut off");
            }

            string cell = text[start..at];
            cells.Add(Literal().IsMatch(cell) ? cell : throw new InvalidDataException("a cell is no value"));
            if (text[at++] == ')')
            {
                return cells;
            }
        }
    }

    private static int SkipQuoted(string text, int at)
    {
        for (int i = at + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '\'')
            {
                return i + 1;
            }
        }

        return text.Length;
    }

    [GeneratedRegex(@"^INSERT INTO `(?<table>[^`]+)` VALUES\s*")]
    private static partial Regex Head();

    [GeneratedRegex("SET NAMES (?<name>[a-z0-9_]+)")]
    private static partial Regex CharacterSetLine();

    /// <summary>What mysqldump writes as a cell, and nothing that a server would work out.</summary>
    [GeneratedRegex(@"^(NULL|-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?|0x[0-9A-Fa-f]*|(_[a-z0-9]+ )?'([^'\\]|\\.)*')$", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Literal();
}
