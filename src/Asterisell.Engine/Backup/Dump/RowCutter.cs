using System.Buffers;
using System.Runtime.CompilerServices;

namespace Asterisell.Engine.Backup.Dump;

/// <summary>Finds the end of one row of an INSERT, and the value of its date on the way. The text may come in pieces of any size.</summary>
internal sealed class RowCutter
{
    private const int LongestDate = 64;

    private static readonly SearchValues<byte> EndSigns = SearchValues.Create("')"u8);
    private static readonly SearchValues<byte> ColumnSigns = SearchValues.Create("',)"u8);

    private readonly ArrayBufferWriter<byte> _date = new(LongestDate);
    private string _table = string.Empty;
    private int _dateColumn;
    private int _column;
    private bool _quoted;
    private bool _escaped;

    /// <summary>True when the whole value of the date was seen.</summary>
    public bool HasDate { get; private set; }

    /// <summary>True when the row has ended.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The date as it is written: in quotes, or NULL.</summary>
    public ReadOnlySpan<byte> Date => _date.WrittenSpan;

    /// <summary>Begins a row, behind its bracket.</summary>
    /// <param name="table">Table, as messages name it.</param>
    /// <param name="dateColumn">Number of the column with the date, from 0.</param>
    public void Begin(string table, int dateColumn)
    {
        _table = table;
        (_dateColumn, _column, _quoted, _escaped, HasDate, HasEnded) = (dateColumn, 0, false, false, false, false);
        _date.ResetWrittenCount();
    }

    /// <summary>Reads on.</summary>
    /// <returns>Bytes that belong to the row.</returns>
    /// <exception cref="InvalidDataException">The value of the date is too long to be one.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Take(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (at < text.Length)
        {
            if (_escaped)
            {
                (_escaped, at) = (false, at + 1);
                continue;
            }

            if (!HasDate && _column == _dateColumn)
            {
                at += TakeDate(text[at]);
                continue;
            }

            int found = _quoted ? text[at..].IndexOfAny((byte)'\'', (byte)'\\') : text[at..].IndexOfAny(HasDate ? EndSigns : ColumnSigns);
            if (found < 0)
            {
                break;
            }

            at += found + 1;
            switch (text[at - 1])
            {
                case (byte)'\\':
                    _escaped = true;
                    break;
                case (byte)'\'':
                    _quoted = !_quoted;
                    break;
                case (byte)',':
                    _column++;
                    break;
                default:
                    HasEnded = true;
                    return at;
            }
        }

        return text.Length;
    }

    /// <summary>Reads a sign of the date, whose value is a quoted text without quotes in it, or NULL.</summary>
    /// <returns>1, or 0 for the sign behind it.</returns>
    private int TakeDate(byte next)
    {
        if (next is (byte)',' or (byte)')')
        {
            HasDate = true;
            return 0;
        }

        _date.Write([next]);
        return _date.WrittenCount < LongestDate ? 1 : throw new InvalidDataException($"a date of {_table} is none");
    }
}
