using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Asterisell.Engine.Backup.Dump;

/// <summary>
/// Reads the text of a mysqldump as it passes, cut anywhere: counts the rows of each table, names what is created, and knows whether the
/// end came. The same reading makes a backup's row counts and proves them later from the stored file.
/// </summary>
/// <remarks>
/// It follows quotes, escapes, comments and DELIMITER as the mysql client does, so that <c>INSERT INTO</c> in the body of a trigger or
/// in a text is no row. mysqldump escapes with backslashes whatever the server's <c>sql_mode</c> is, since it sets its own.
/// </remarks>
internal sealed class DumpScanner
{
    /// <summary>Heads of CREATE statements end long before; a list of columns before VALUES stays below too.</summary>
    private const int LongestHead = 256 * 1024;

    private const int LongestCommentKept = 256;

    private static readonly SearchValues<byte> RowSigns = SearchValues.Create("'();"u8);

    private readonly DumpFindings _findings = new();
    private readonly ArrayBufferWriter<byte> _head = new(4096);
    private readonly ArrayBufferWriter<byte> _comment = new(LongestCommentKept);
    private byte[] _delimiter = ";"u8.ToArray();
    private int _delimiterMatched;
    private Mode _mode = Mode.Plain;
    private bool _conditional;
    private bool _headConditional;
    private bool _headBegun;
    private bool _inRows;
    private int _depth;
    private long _rows;
    private string _table = string.Empty;
    private long _bytes;

    private enum Mode
    {
        Plain,
        SingleQuoted,
        SingleEscaped,
        DoubleQuoted,
        DoubleEscaped,
        Backticked,
        Slash,
        SlashStar,
        SlashStarM,
        Version,
        Comment,
        CommentStar,
        Star,
        Dash,
        DashDash,
        LineComment,
    }

    /// <summary>Bytes so far.</summary>
    public long TextBytes => _bytes;

    /// <summary>True as soon as the first table or its rows came, so that the dump's transaction has begun.</summary>
    public bool HasTables => _findings.HasTables;

    /// <summary>The next piece of text.</summary>
    /// <remarks>Compiled at its best at once: the first dump of a session would else be read by slow code for most of its length.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Feed(ReadOnlySpan<byte> text)
    {
        _bytes += text.Length;
        while (!text.IsEmpty)
        {
            int taken = _mode switch
            {
                Mode.Plain when _inRows => TakeRows(text),
                Mode.SingleQuoted => TakeQuoted(text, (byte)'\'', Mode.SingleEscaped),
                Mode.DoubleQuoted => TakeQuoted(text, (byte)'"', Mode.DoubleEscaped),
                Mode.LineComment => TakeLineComment(text),
                _ => TakeOne(text[0]),
            };
            text = text[taken..];
        }
    }

    /// <summary>What was in it, after the last piece.</summary>
    public DumpSummary Complete()
    {
        if (_mode == Mode.LineComment)
        {
            EndLineComment();
        }

        string? damage = _mode != Mode.Plain || _inRows || HasStatement
            ? "it ends in the middle of a statement"
            : null;
        return _findings.Summarize(_bytes, damage);
    }

    private bool HasStatement => _headBegun;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int TakeRows(ReadOnlySpan<byte> text)
    {
        int at = text.IndexOfAny(RowSigns);
        if (at < 0)
        {
            return text.Length;
        }

        switch (text[at])
        {
            case (byte)'\'':
                _mode = Mode.SingleQuoted;
                break;
            case (byte)'(':
                if (_depth++ == 0)
                {
                    _rows++;
                }

                break;
            case (byte)')':
                _depth--;
                break;
            default:
                if (_depth == 0)
                {
                    _findings.AddRows(_table, _rows);
                    EndStatement();
                }

                break;
        }

        return at + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int TakeQuoted(ReadOnlySpan<byte> text, byte quote, Mode escaped)
    {
        int at = text.IndexOfAny(quote, (byte)'\\');
        int taken = at < 0 ? text.Length : at + 1;
        if (!_inRows)
        {
            AppendHead(text[..taken]);
        }

        if (at >= 0)
        {
            _mode = text[at] == quote ? Mode.Plain : escaped;
        }

        return taken;
    }

    private int TakeLineComment(ReadOnlySpan<byte> text)
    {
        int at = text.IndexOf((byte)'\n');
        ReadOnlySpan<byte> part = at < 0 ? text : text[..at];
        _comment.Write(part[..Math.Min(part.Length, LongestCommentKept - _comment.WrittenCount)]);
        if (at < 0)
        {
            return text.Length;
        }

        EndLineComment();
        return at + 1;
    }

    private void EndLineComment()
    {
        _findings.AddComment(Encoding.UTF8.GetString(_comment.WrittenSpan));
        _comment.ResetWrittenCount();
        _mode = Mode.Plain;
        TakePlain((byte)'\n');
    }

    private int TakeOne(byte next)
    {
        switch (_mode)
        {
            case Mode.SingleEscaped:
                AppendHeadUnlessRows(next);
                _mode = Mode.SingleQuoted;
                return 1;
            case Mode.DoubleEscaped:
                AppendHeadUnlessRows(next);
                _mode = Mode.DoubleQuoted;
                return 1;
            case Mode.Backticked:
                AppendHeadUnlessRows(next);
                _mode = next == '`' ? Mode.Plain : Mode.Backticked;
                return 1;
            case Mode.Slash:
                return Continue(next == '*', Mode.SlashStar, "/"u8);
            case Mode.SlashStar:
                _mode = next switch
                {
                    (byte)'!' => Mode.Version,
                    (byte)'M' => Mode.SlashStarM,
                    (byte)'*' => Mode.CommentStar,
                    _ => Mode.Comment,
                };
                return 1;
            case Mode.SlashStarM:
                _mode = next == '!' ? Mode.Version : next == '*' ? Mode.CommentStar : Mode.Comment;
                return 1;
            case Mode.Version:
                if (next is >= (byte)'0' and <= (byte)'9')
                {
                    return 1;
                }

                _conditional = true;
                _mode = Mode.Plain;
                return 0;
            case Mode.Comment:
                _mode = next == '*' ? Mode.CommentStar : Mode.Comment;
                return 1;
            case Mode.CommentStar:
                _mode = next switch
                {
                    (byte)'/' => Mode.Plain,
                    (byte)'*' => Mode.CommentStar,
                    _ => Mode.Comment,
                };
                return 1;
            case Mode.Star:
                if (next == '/')
                {
                    _conditional = false;
                    _mode = Mode.Plain;
                    return 1;
                }

                return Continue(false, Mode.Plain, "*"u8);
            case Mode.Dash:
                return Continue(next == '-', Mode.DashDash, "-"u8);
            case Mode.DashDash:
                // "--" begins a comment only before a blank or the end of the line, as in 5--1.
                if (next is (byte)' ' or (byte)'\t' or (byte)'\n')
                {
                    _mode = Mode.LineComment;
                    return 0;
                }

                return Continue(false, Mode.Plain, "--"u8);
            default:
                TakePlain(next);
                return 1;
        }
    }

    /// <summary>Goes on in a mode, or back to plain text with what looked like its begin.</summary>
    private int Continue(bool goOn, Mode mode, ReadOnlySpan<byte> otherwise)
    {
        if (goOn)
        {
            _mode = mode;
            return 1;
        }

        _mode = Mode.Plain;
        foreach (byte sign in otherwise)
        {
            TakeText(sign);
        }

        return 0;
    }

    private void TakePlain(byte next)
    {
        switch (next)
        {
            case (byte)'/':
                _mode = Mode.Slash;
                return;
            case (byte)'*' when _conditional:
                _mode = Mode.Star;
                return;
            case (byte)'-':
                _mode = Mode.Dash;
                return;
            case (byte)'#':
                _mode = Mode.LineComment;
                return;
            case (byte)'\n' when IsDelimiterLine:
                SetDelimiter(_head.WrittenSpan["DELIMITER "u8.Length..].Trim(" \t\r"u8));
                return;
            default:
                TakeText(next);
                return;
        }
    }

    /// <summary>A sign that begins no comment.</summary>
    private void TakeText(byte next)
    {
        if (next == _delimiter[_delimiterMatched] && !IsDelimiterLine)
        {
            if (++_delimiterMatched == _delimiter.Length)
            {
                EndStatement();
            }

            return;
        }

        if (_delimiterMatched > 0)
        {
            int matched = _delimiterMatched;
            _delimiterMatched = 0;
            AppendHead(_delimiter.AsSpan(0, matched));
            TakeText(next);
            return;
        }

        _mode = next switch
        {
            (byte)'\'' => Mode.SingleQuoted,
            (byte)'"' => Mode.DoubleQuoted,
            (byte)'`' => Mode.Backticked,
            _ => Mode.Plain,
        };
        if (next == '(' && _depth == 0 && _head.WrittenSpan.StartsWith("INSERT "u8) && DumpStatement.TableOfInsert(_head.WrittenSpan) is { } table)
        {
            (_inRows, _table, _rows, _depth) = (true, table, 1, 1);
            return;
        }

        AppendHead([next]);
    }

    private void SetDelimiter(ReadOnlySpan<byte> delimiter)
    {
        _delimiter = delimiter.IsEmpty ? _delimiter : delimiter.ToArray();
        EndStatement();
    }

    private bool IsDelimiterLine => _head.WrittenCount < 64 && _head.WrittenSpan.StartsWith("DELIMITER "u8);

    private void AppendHeadUnlessRows(byte next)
    {
        if (!_inRows)
        {
            AppendHead([next]);
        }
    }

    private void AppendHead(ReadOnlySpan<byte> text)
    {
        if (!_headBegun)
        {
            text = text.TrimStart(" \t\r\n"u8);
            if (text.IsEmpty)
            {
                return;
            }

            _headBegun = true;
            _headConditional = _conditional;
            _findings.StatementBegins();
        }

        _head.Write(text[..Math.Min(text.Length, LongestHead - _head.WrittenCount)]);
    }

    private void EndStatement()
    {
        if (!_inRows && _head.WrittenCount > 0)
        {
            _findings.AddObject(DumpStatement.Classify(_head.WrittenSpan, _headConditional));
        }

        _head.ResetWrittenCount();
        (_headBegun, _inRows, _depth, _delimiterMatched) = (false, false, 0, 0);
    }
}
