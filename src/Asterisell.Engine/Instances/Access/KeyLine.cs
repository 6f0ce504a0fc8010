namespace Asterisell.Engine.Instances.Access;

/// <summary>One line of <c>authorized_keys</c>, kept as it is.</summary>
/// <param name="Text">The line, as <see cref="ByteText"/> makes it; without its end.</param>
/// <param name="Key">The key; null for a comment, an empty line, and one that is malformed.</param>
/// <param name="Options">What stands before the key.</param>
internal sealed record KeyLine(string Text, PublicKey? Key, string Options)
{
    /// <summary>True for a line that sshd skips although it is neither empty nor a comment.</summary>
    public bool IsMalformed => Key is null && Text.Trim() is { Length: > 0 } text && text[0] != '#';

    /// <summary>Reads a line as sshd does: a key, or options and a key behind them.</summary>
    public static KeyLine Parse(string line)
    {
        string text = line.Trim();
        if (text.Length == 0 || text[0] == '#')
        {
            return new KeyLine(line, null, "");
        }

        if (PublicKey.TryParse(text, out PublicKey? key))
        {
            return new KeyLine(line, key, "");
        }

        int end = EndOfOptions(text);
        return end > 0 && PublicKey.TryParse(text[end..], out key)
            ? new KeyLine(line, key, text[..end])
            : new KeyLine(line, null, "");
    }

    /// <summary>Options end at the first blank outside double quotes; <c>\"</c> is a quote inside. Negative where a quote is left open.</summary>
    private static int EndOfOptions(string text)
    {
        bool quoted = false;
        for (int at = 0; at < text.Length; at++)
        {
            char now = text[at];
            if (now == '\\' && at + 1 < text.Length && text[at + 1] == '"')
            {
                at++;
            }
            else if (now == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && now is ' ' or '\t')
            {
                return at;
            }
        }

        return -1;
    }
}
