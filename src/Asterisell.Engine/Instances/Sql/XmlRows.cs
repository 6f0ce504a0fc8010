using System.Text;

namespace Asterisell.Engine.Instances;

/// <summary>
/// Rows of the client's <c>--xml</c> form, read as the client writes it: it escapes only <c>&amp; &lt; &gt; "</c> and lets every other
/// byte through, so that its output is often no XML. A NUL has become a blank; statements that can give one are asked in the other form.
/// </summary>
internal sealed class XmlRows
{
    private static readonly byte[] RowEnd = Encoding.ASCII.GetBytes("</row>");

    private readonly List<byte> _held = [];

    /// <summary>True when the client has closed the result.</summary>
    public bool Closed { get; private set; }

    /// <summary>Adds a line of output, without its newline, and gives the row that it ends, if it ends one.</summary>
    /// <remarks>A cell may hold newlines; <c>&lt;/row&gt;</c> can stand in no cell, because the client escapes the bracket.</remarks>
    public SqlRow? Add(ReadOnlySpan<byte> line)
    {
        _held.AddRange(line);
        if (line.EndsWith("</resultset>"u8))
        {
            Closed = true;
        }

        if (!line.TrimEnd((byte)' ').EndsWith(RowEnd))
        {
            _held.Add((byte)'\n');
            return null;
        }

        SqlRow row = Parse(ByteText.Decode(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_held)));
        _held.Clear();
        return row;
    }

    private static SqlRow Parse(string text)
    {
        var columns = new List<string>();
        var cells = new List<string?>();
        const string Field = "<field name=\"";
        for (int at = text.IndexOf(Field, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Field, at, StringComparison.Ordinal))
        {
            at += Field.Length;
            int nameEnd = Find(text, "\"", at);
            columns.Add(Unescape(text[at..nameEnd]));
            int tagEnd = Find(text, ">", nameEnd);
            if (text[nameEnd..tagEnd].Contains("xsi:nil=\"true\"", StringComparison.OrdinalIgnoreCase))
            {
                cells.Add(null);
                at = tagEnd;
                continue;
            }

            at = Find(text, "</field>", tagEnd);
            cells.Add(Unescape(text[(tagEnd + 1)..at]));
        }

        return new SqlRow(columns, cells);
    }

    private static int Find(string text, string mark, int from)
    {
        int at = text.IndexOf(mark, from, StringComparison.Ordinal);
        return at >= 0 ? at : throw new FormatException($"a row lacks {mark}");
    }

    private static string Unescape(string text) => text
        .Replace("&lt;", "<", StringComparison.Ordinal)
        .Replace("&gt;", ">", StringComparison.Ordinal)
        .Replace("&quot;", "\"", StringComparison.Ordinal)
        .Replace("&amp;", "&", StringComparison.Ordinal);
}
