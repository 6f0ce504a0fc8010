using System.Globalization;
using System.Text;
using ByteStatus = System.Buffers.OperationStatus;

namespace Asterisell.Engine.Instances.Logs;

/// <summary>Makes a line of any bytes a text that is safe to show.</summary>
internal static class LogText
{
    /// <summary>Longest line that is kept whole.</summary>
    internal const int KeptBytes = 64 * 1024;

    /// <summary>
    /// The line; a byte that is not UTF-8 and a control character other than a tab stand as <c>\x1b</c>: what customers send ends up in
    /// logs, and must not steer an operator's terminal.
    /// </summary>
    public static string Of(ReadOnlySpan<byte> line, long length)
    {
        bool cut = length > line.Length;
        if (!cut && line is [.., (byte)'\r'])
        {
            line = line[..^1];
        }

        var text = new StringBuilder(line.Length);
        ReadOnlySpan<byte> rest = line;
        while (!rest.IsEmpty)
        {
            ByteStatus status = Rune.DecodeFromUtf8(rest, out Rune rune, out int used);
            if (status == ByteStatus.Done && (!Rune.IsControl(rune) || rune.Value == '\t'))
            {
                text.Append(rune.ToString());
            }
            else if (status != ByteStatus.NeedMoreData || !cut)
            {
                foreach (byte one in rest[..used])
                {
                    text.Append(CultureInfo.InvariantCulture, $"\\x{one:x2}");
                }
            }

            rest = rest[used..];
        }

        if (cut)
        {
            text.Append(CultureInfo.InvariantCulture, $"… [cut: this line has {length} bytes]");
        }

        return text.ToString();
    }
}
