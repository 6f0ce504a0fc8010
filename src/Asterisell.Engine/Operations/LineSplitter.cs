using System.Text;

namespace Asterisell.Engine.Operations;

/// <summary>Turns bytes that come in pieces cut anywhere into lines of text.</summary>
/// <param name="longestLine">Characters after which a line is given out unfinished, so that one without an end cannot fill the memory.</param>
internal sealed class LineSplitter(int longestLine = 1024 * 1024)
{
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder line = new();
    private bool afterReturn;

    /// <summary>Takes a piece and adds the lines that it ends.</summary>
    public void Add(ReadOnlySpan<byte> bytes, List<string> lines)
    {
        Span<char> text = bytes.Length <= 4096 ? stackalloc char[Encoding.UTF8.GetMaxCharCount(bytes.Length)] : new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        int length = decoder.GetChars(bytes, text, flush: false);
        foreach (char c in text[..length])
        {
            Add(c, lines);
        }
    }

    /// <summary>Adds what is left when the output has ended.</summary>
    public void End(List<string> lines)
    {
        Span<char> text = stackalloc char[4];
        int length = decoder.GetChars([], text, flush: true);
        line.Append(text[..length]);
        if (line.Length > 0)
        {
            Flush(lines);
        }
    }

    private void Add(char c, List<string> lines)
    {
        // A return before a new line belongs to the line's end; one alone is how programs overwrite their progress, a line of its own here.
        if (c == '\n')
        {
            if (!afterReturn || line.Length > 0)
            {
                Flush(lines);
            }

            afterReturn = false;
            return;
        }

        if (c == '\r')
        {
            Flush(lines);
            afterReturn = true;
            return;
        }

        afterReturn = false;
        line.Append(c);
        if (line.Length >= longestLine)
        {
            Flush(lines);
        }
    }

    private void Flush(List<string> lines)
    {
        lines.Add(line.ToString());
        line.Clear();
    }
}
