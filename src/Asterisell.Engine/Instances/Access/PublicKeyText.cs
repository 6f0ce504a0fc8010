namespace Asterisell.Engine.Instances.Access;

/// <summary>Reads public keys that an operator gives.</summary>
public static class PublicKeyText
{
    /// <summary>More than any list of public keys of a team, less than most files that are given by mistake.</summary>
    private const int LongestFile = 256 * 1024;

    /// <summary>Keys of a text, one a line; comments and empty lines are left out.</summary>
    /// <param name="text">One or more lines.</param>
    /// <param name="source">For messages: the file, or the parameter.</param>
    /// <exception cref="AsterisellException"><c>PrivateKeyGiven</c>, <c>PublicKeyInvalid</c>.</exception>
    public static IReadOnlyList<PublicKey> Parse(string text, string source)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains("PRIVATE KEY", StringComparison.Ordinal) || text.StartsWith("PuTTY-User-Key-File", StringComparison.Ordinal))
        {
            throw AccessErrors.PrivateKeyGiven(source);
        }

        var keys = new List<PublicKey>();
        foreach (string line in text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (!PublicKey.TryParse(line, out PublicKey? key))
            {
                throw AccessErrors.PublicKeyInvalid(source, line.StartsWith("---- BEGIN", StringComparison.Ordinal)
                    ? "it is in the format of RFC 4716"
                    : $"line {keys.Count + 1} is not a type and a key");
            }

            keys.Add(key);
        }

        return keys.Count > 0 ? keys : throw AccessErrors.PublicKeyInvalid(source, "it is empty");
    }

    /// <summary>Keys of a file.</summary>
    /// <param name="path">File on this machine.</param>
    /// <exception cref="AsterisellException">As <see cref="Parse"/>; <c>PublicKeyInvalid</c> also where it cannot be read.</exception>
    public static IReadOnlyList<PublicKey> ReadFile(string path)
    {
        try
        {
            return new FileInfo(path).Length > LongestFile
                ? throw AccessErrors.PublicKeyInvalid(path, "the file is too large")
                : Parse(File.ReadAllText(path), path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw AccessErrors.PublicKeyInvalid(path, failure.Message.TrimEnd('.'));
        }
    }

    /// <summary>Throws for a key that nobody should be let in with.</summary>
    /// <exception cref="AsterisellException"><c>PublicKeyWeak</c>.</exception>
    public static PublicKey CheckStrength(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.IsWeak ? throw AccessErrors.PublicKeyWeak(key) : key;
    }

    /// <summary>Throws unless a text is a fingerprint.</summary>
    /// <exception cref="AsterisellException"><c>FingerprintInvalid</c>.</exception>
    public static string CheckFingerprint(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool valid = text.StartsWith("SHA256:", StringComparison.Ordinal) && text.Length == 50
            && text.Skip(7).All(character => char.IsAsciiLetterOrDigit(character) || character is '+' or '/');
        return valid ? text : throw AccessErrors.FingerprintInvalid(text);
    }
}
