using System.Text;

namespace Asterisell.Engine.Inventory.Yaml;

/// <summary>Bytes of a file to text, with the place of every byte or character that has no business there.</summary>
internal static class YamlText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text without a byte order mark; null, with findings, when it is none.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, FindingList findings)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            findings.ErrorAt(FindingId.InvalidEncoding, 1, 1, "The file is UTF-16.", "UTF-8", "Save it as UTF-8.");
            return null;
        }

        bytes = bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes;
        string text;
        try
        {
            text = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            ReportInvalidBytes(bytes, findings);
            return null;
        }

        return HasOnlyText(text, findings) ? text : null;
    }

    private static void ReportInvalidBytes(ReadOnlySpan<byte> bytes, FindingList findings)
    {
        int line = 1;
        foreach (Range range in new LineRanges(bytes))
        {
            ReadOnlySpan<byte> content = bytes[range];
            int column = 1;
            while (!content.IsEmpty)
            {
                System.Buffers.OperationStatus status = Rune.DecodeFromUtf8(content, out Rune rune, out int used);
                if (status != System.Buffers.OperationStatus.Done)
                {
                    findings.ErrorAt(
                        FindingId.InvalidEncoding, line, column, $"The byte 0x{content[0]:X2} is not UTF-8.", "UTF-8",
                        "Save the file as UTF-8.");
                    break;
                }

                column += rune.Utf16SequenceLength;
                content = content[used..];
            }

            line++;
        }
    }

    private static bool HasOnlyText(string text, FindingList findings)
    {
        bool clean = true;
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\n')
            {
                line++;
                lineStart = i + 1;
            }
            else if (c == '\r' && i + 1 < text.Length && text[i + 1] != '\n')
            {
                line++;
                lineStart = i + 1;
            }
            else if (IsHidden(c))
            {
                clean = false;
                findings.ErrorAt(
                    FindingId.InvalidCharacter, line, i - lineStart + 1, $"The character U+{(int)c:X4} does not belong into a text file.");
            }
        }

        return clean;
    }

    /// <summary>Control characters, line ends that only some programs see, and those that make text look other than it is.</summary>
    private static bool IsHidden(char c) =>
        (char.IsControl(c) && c is not ('\t' or '\r' or '\n'))
        || c is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private ref struct LineRanges(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> bytes = bytes;
        private int next;
        private Range current;

        public readonly Range Current => current;

        public readonly LineRanges GetEnumerator() => this;

        public bool MoveNext()
        {
            if (next >= bytes.Length)
            {
                return false;
            }

            int end = bytes[next..].IndexOf((byte)'\n');
            end = end < 0 ? bytes.Length : next + end;
            current = next..end;
            next = end + 1;
            return true;
        }
    }
}
