namespace Asterisell.Engine.Instances;

/// <summary>Lines of <c>sha256sum --binary</c>: <c>HASH *NAME</c>; where the name has a newline or a backslash, the line begins with a backslash and they are escaped.</summary>
internal static class HashLine
{
    private const int HashLength = 64;

    /// <summary>Reads one.</summary>
    /// <param name="line">Without its newline.</param>
    /// <param name="name">Exact bytes of the name.</param>
    /// <param name="sha256">In lower case hexadecimal.</param>
    /// <returns>False where it is none.</returns>
    public static bool TryParse(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> sha256)
    {
        bool escaped = line is [(byte)'\\', ..];
        ReadOnlySpan<byte> rest = escaped ? line[1..] : line;
        if (rest.Length <= HashLength + 2 || rest[HashLength] != ' ')
        {
            name = sha256 = default;
            return false;
        }

        name = rest[(HashLength + 2)..];
        sha256 = rest[..HashLength];
        if (escaped)
        {
            name = Unescape(name);
        }

        return true;
    }

    private static byte[] Unescape(ReadOnlySpan<byte> name)
    {
        List<byte> exact = new(name.Length);
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] == '\\' && i + 1 < name.Length)
            {
                i++;
                exact.Add(name[i] switch { (byte)'n' => (byte)'\n', (byte)'r' => (byte)'\r', byte other => other });
            }
            else
            {
                exact.Add(name[i]);
            }
        }

        return [.. exact];
    }
}
