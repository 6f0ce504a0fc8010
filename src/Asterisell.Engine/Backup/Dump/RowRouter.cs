using System.Buffers;
using System.Runtime.CompilerServices;

namespace Asterisell.Engine.Backup.Dump;

/// <summary>
/// Parts the rows of one mysqldump while they pass: those of some tables by the month of a date, all else together. A row stays byte by byte
/// as mysqldump wrote it; only the INSERT around the rows is ours. Every part gets what stands before and after, so that it loads by itself.
/// </summary>
/// <remarks>
/// For a dump without structure and triggers. It goes by lines outside of rows: mysqldump writes a line break within a value as <c>\n</c>, so a
/// line that begins with UNLOCK TABLES is the end of a table. <see cref="DumpScanner"/> reads the same text by other means and must count as
/// many rows.
/// </remarks>
/// <param name="split">Tables to part: number of the column with the date, from 0.</param>
/// <param name="isComplete">True where all rows come: a table without any then has a part too, which says so.</param>
/// <param name="open">Gives the text of a part, asked once each: table and month; month null for all that is not parted.</param>
internal sealed class RowRouter(IReadOnlyDictionary<string, int> split, bool isComplete, Func<string, string?, IPieceText> open)
{
    /// <summary>Month of rows whose date is NULL.</summary>
    public const string NoMonth = "none";

    private const int MonthLength = 7;

    private static ReadOnlySpan<byte> NoMonthText => "none"u8;

    private readonly ArrayBufferWriter<byte> _head = new(4096);
    private readonly ArrayBufferWriter<byte> _line = new(4096);
    private readonly ArrayBufferWriter<byte> _before = new(1024);
    private readonly ArrayBufferWriter<byte> _after = new(1024);
    private readonly ArrayBufferWriter<byte> _between = new(1024);
    private readonly ArrayBufferWriter<byte> _tuple = new(4096);
    private readonly RowCutter _row = new();
    private readonly List<RowPart> _parts = [];
    private readonly Dictionary<string, RowPart> _months = new(StringComparer.Ordinal);
    private RowPart? _whole;
    private Place _place = Place.Head;
    private string _table = string.Empty;
    private byte[] _insert = [];
    private int _dateColumn;
    private bool _hadRows;
    private int _lineLength;
    private RowPart? _part;
    private RowPart? _last;
    private byte[] _lastMonth = [];

    private enum Place
    {
        Head,
        Whole,
        Split,
        Rows,
        Tuple,
        Between,
    }

    /// <summary>Rows of each part; by table and month, month null where it was not parted.</summary>
    public IEnumerable<(string Table, string Month, long Rows)> Parted =>
        _parts.Where(part => part.Month is not null).Select(part => (part.Table, part.Month!, part.Rows));

    /// <summary>The next text.</summary>
    /// <exception cref="InvalidDataException">It is not as mysqldump writes it.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Feed(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            int taken = _place switch
            {
                Place.Whole => TakeWhole(text),
                Place.Rows => TakeBetweenRows(text[0]),
                Place.Tuple => TakeTuple(text),
                _ => TakeLine(text),
            };
            text = text[taken..];
        }
    }

    /// <summary>Ends all parts.</summary>
    public void Complete()
    {
        if (_place != Place.Between || _line.WrittenCount > 0)
        {
            throw new InvalidDataException("it ends in the middle of a table");
        }

        foreach (RowPart part in _parts)
        {
            part.Text.Write(_between.WrittenSpan);
        }
    }

    private int TakeWhole(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)'\n');
        ReadOnlySpan<byte> part = end < 0 ? text : text[..(end + 1)];
        _whole!.Text.Write(part);
        _line.Write(part[..Math.Min(part.Length, Math.Max(0, 64 - _lineLength))]);
        _lineLength += part.Length;
        if (end >= 0)
        {
            bool unlocks = _line.WrittenSpan.StartsWith("UNLOCK TABLES;"u8);
            ClearLine();
            if (unlocks)
            {
                _place = Place.Between;
            }
        }

        return part.Length;
    }

    private int TakeLine(ReadOnlySpan<byte> text)
    {
        if (_place == Place.Split && (_line.WrittenCount > 0 ? _line.WrittenSpan[0] : text[0]) == 'I')
        {
            return TakeInsert(text);
        }

        int end = text.IndexOf((byte)'\n');
        ReadOnlySpan<byte> part = end < 0 ? text : text[..(end + 1)];
        _line.Write(part);
        if (end >= 0)
        {
            TakeLine();
            ClearLine();
        }

        return part.Length;
    }

    /// <summary>The begin of an INSERT, up to its first row, which may stand on the next line.</summary>
    private int TakeInsert(ReadOnlySpan<byte> text)
    {
        int bracket = text.IndexOf((byte)'(');
        _line.Write(bracket < 0 ? text : text[..bracket]);
        if (bracket < 0)
        {
            return text.Length;
        }

        if (!_line.WrittenSpan.TrimEnd(" \n"u8).SequenceEqual(_insert))
        {
            throw new InvalidDataException($"rows of {_table} begin in an unknown way");
        }

        ClearLine();
        _hadRows = true;
        _place = Place.Rows;
        return bracket;
    }

    private void TakeLine()
    {
        ReadOnlySpan<byte> line = _line.WrittenSpan;
        switch (_place)
        {
            case Place.Head or Place.Between when line.StartsWith("LOCK TABLES "u8):
                BeginTable(DumpStatement.Classify(line, false).Name);
                break;
            case Place.Head:
                _head.Write(line);
                break;
            case Place.Between:
                _between.Write(line);
                break;
            case Place.Split when _hadRows && _after.WrittenCount == 0 && line.SequenceEqual("\n"u8):
                // Ends the line of an INSERT; how many of them there were is nothing to a part.
                break;
            default:
                (_hadRows ? _after : _before).Write(line);
                if (line.StartsWith("UNLOCK TABLES;"u8))
                {
                    EndTable();
                }

                break;
        }
    }

    private void BeginTable(string table)
    {
        if (_place == Place.Head)
        {
            CutComment();
        }

        if (!DumpComments.AreAll(_between.WrittenSpan))
        {
            throw new InvalidDataException($"before {table} stands a statement that belongs to no table");
        }

        _table = table;
        if (split.TryGetValue(table, out _dateColumn))
        {
            _place = Place.Split;
            _insert = [.. "INSERT INTO "u8, .. System.Text.Encoding.UTF8.GetBytes($"`{table.Replace("`", "``", StringComparison.Ordinal)}`"), .. " VALUES"u8];
            _before.ResetWrittenCount();
            _after.ResetWrittenCount();
            _before.Write(_line.WrittenSpan);
            _hadRows = false;
        }
        else
        {
            _place = Place.Whole;
            _whole ??= Open(table, null);
            _whole.Text.Write(_between.WrittenSpan);
            _whole.Text.Write(_line.WrittenSpan);
        }

        _between.ResetWrittenCount();
    }

    /// <summary>The comment before the first table is no part of the head: the head must be the same whatever table comes first.</summary>
    private void CutComment()
    {
        byte[] head = _head.WrittenSpan.ToArray();
        int comment = DumpComments.FindLast(head);
        _head.ResetWrittenCount();
        _head.Write(head.AsSpan(0, comment));
        _between.Write(head.AsSpan(comment));
    }

    private void EndTable()
    {
        if (_months.Count == 0 && isComplete)
        {
            _months.Add(NoMonth, Open(_table, NoMonth));
        }

        foreach (RowPart part in _months.Values)
        {
            part.EndStatement();
            part.Text.Write(_hadRows ? _after.WrittenSpan : default);
        }

        _months.Clear();
        _last = null;
        _place = Place.Between;
    }

    private int TakeBetweenRows(byte next)
    {
        switch (next)
        {
            case (byte)'(':
                _part = null;
                _tuple.ResetWrittenCount();
                _tuple.Write("("u8);
                _row.Begin(_table, _dateColumn);
                _place = Place.Tuple;
                return 1;
            case (byte)';':
                _place = Place.Split;
                return 1;
            case (byte)',' or (byte)'\n' or (byte)' ' or (byte)'\r':
                return 1;
            default:
                throw new InvalidDataException($"between two rows of {_table} stands something else");
        }
    }

    /// <summary>Gives text of a row to its part as soon as that is known.</summary>
    private int TakeTuple(ReadOnlySpan<byte> text)
    {
        int taken = _row.Take(text);
        if (_part is null)
        {
            if (!_row.HasDate)
            {
                _tuple.Write(text[..taken]);
                return _row.HasEnded ? throw new InvalidDataException($"a row of {_table} has too few columns") : taken;
            }

            _part = PartOf(_row.Date);
            _part.BeginRow(_insert, _tuple.WrittenSpan);
        }

        _part.Continue(text[..taken]);
        if (_row.HasEnded)
        {
            _part.EndRow();
            _place = Place.Rows;
        }

        return taken;
    }

    private RowPart PartOf(ReadOnlySpan<byte> date)
    {
        ReadOnlySpan<byte> text = date.SequenceEqual("NULL"u8) ? NoMonthText
            : date.Length >= MonthLength + 2 && date[0] == '\'' ? date.Slice(1, MonthLength)
            : throw new InvalidDataException($"a date of {_table} is none");
        if (_last is not null && text.SequenceEqual(_lastMonth))
        {
            return _last;
        }

        string month = System.Text.Encoding.ASCII.GetString(text);
        if (!_months.TryGetValue(month, out RowPart? part))
        {
            part = Open(_table, month);
            _months.Add(month, part);
        }

        (_last, _lastMonth) = (part, text.ToArray());
        return part;
    }

    private RowPart Open(string table, string? month)
    {
        RowPart part = new(table, month, open(table, month));
        _parts.Add(part);
        part.Text.Write(_head.WrittenSpan);
        if (month is not null)
        {
            part.Text.Write(_before.WrittenSpan);
        }

        return part;
    }

    private void ClearLine()
    {
        _line.ResetWrittenCount();
        _lineLength = 0;
    }
}
