namespace Asterisell.Engine.Instances.Access;

/// <summary>One file of keys as it was read.</summary>
/// <param name="Name">In <c>/root/.ssh</c>.</param>
/// <param name="Sum">SHA-256 of its bytes; empty where there is no file.</param>
/// <param name="IsSafe">True when it belongs to root and nobody else can write or read it.</param>
/// <param name="Lines">Its lines.</param>
internal sealed record KeyFile(string Name, string Sum, bool IsSafe, IReadOnlyList<KeyLine> Lines)
{
    public const string Folder = "/root/.ssh";

    /// <summary>Lines of a file's bytes; the last newline ends a line and begins none.</summary>
    public static IReadOnlyList<KeyLine> Parse(ReadOnlySpan<byte> bytes)
    {
        string text = ByteText.Decode(bytes);
        return text.Length == 0 ? [] : [.. (text.EndsWith('\n') ? text[..^1] : text).Split('\n').Select(KeyLine.Parse)];
    }

    /// <summary>Bytes of lines, each ended by a newline.</summary>
    public static byte[] Format(IEnumerable<KeyLine> lines) => ByteText.Encode(string.Concat(lines.Select(line => line.Text + "\n")));
}

/// <summary>Who may log in to an instance by SSH, and as who it presents itself.</summary>
/// <param name="Files">The files that sshd reads, also those that do not exist.</param>
/// <param name="HostKeys">Its host keys.</param>
/// <param name="AreFoldersSafe">True when sshd accepts the folders around the files: root's, and nobody else can write.</param>
internal sealed record KeyRing(IReadOnlyList<KeyFile> Files, IReadOnlyList<PublicKey> HostKeys, bool AreFoldersSafe)
{
    /// <summary>Keys of all files.</summary>
    public IEnumerable<PublicKey> Keys => Files.SelectMany(file => file.Lines).Select(line => line.Key).OfType<PublicKey>();
}
