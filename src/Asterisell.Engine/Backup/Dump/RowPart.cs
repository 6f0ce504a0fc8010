namespace Asterisell.Engine.Backup.Dump;

/// <summary>One part of a parted dump: rows as mysqldump wrote them, in INSERTs of our own.</summary>
/// <param name="table">Table; the first one for the part that is not parted.</param>
/// <param name="month">Month; null for the part that is not parted.</param>
/// <param name="text">Takes the text.</param>
internal sealed class RowPart(string table, string? month, IPieceText text)
{
    /// <summary>mysqldump, too, begins a new INSERT after about as much.</summary>
    private const int StatementSize = 1024 * 1024;

    private long _statementBytes;

    public string Table { get; } = table;

    public string? Month { get; } = month;

    public IPieceText Text { get; } = text;

    /// <summary>Rows that were begun.</summary>
    public long Rows { get; private set; }

    /// <summary>Begins a row, and an INSERT where none is open.</summary>
    /// <param name="insert">Its begin, up to VALUES.</param>
    /// <param name="begin">What is known of the row.</param>
    public void BeginRow(ReadOnlySpan<byte> insert, ReadOnlySpan<byte> begin)
    {
        Rows++;
        Text.Write(_statementBytes == 0 ? insert : ","u8);
        Text.Write("\n"u8);
        Text.Write(begin);
        _statementBytes += insert.Length + begin.Length;
    }

    /// <summary>More of the row.</summary>
    public void Continue(ReadOnlySpan<byte> more)
    {
        Text.Write(more);
        _statementBytes += more.Length;
    }

    /// <summary>Ends the row, and the INSERT where it is long enough.</summary>
    public void EndRow()
    {
        if (_statementBytes >= StatementSize)
        {
            EndStatement();
        }
    }

    /// <summary>Ends the INSERT, if one is open.</summary>
    public void EndStatement()
    {
        if (_statementBytes > 0)
        {
            Text.Write(";\n"u8);
            _statementBytes = 0;
        }
    }
}
