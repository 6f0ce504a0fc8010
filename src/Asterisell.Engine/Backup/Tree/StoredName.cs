using System.Security.Cryptography;
using System.Text;
using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Engine.Backup.Tree;

/// <summary>
/// The path under which a file of the container is stored: its own, with the bytes that some system could not take written as <c>%XX</c>.
/// The manifest keeps the exact name; nothing is ever decoded from the stored one.
/// </summary>
internal static class StoredName
{
    /// <summary>A longer path, or a longer part of one, is stored under its hash: file systems end at 255 bytes a name.</summary>
    private const int LongestSegment = 200;

    private const int LongestPath = 1000;

    private const string LongNames = SnapshotLayout.FilesFolder + "/%long/";

    /// <summary>
    /// The path in the snapshot of a name in a tar.
    /// </summary>
    /// <exception cref="InvalidDataException">The name is absolute, climbs, or has empty parts: no honest tar has that.</exception>
    public static string For(ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> rest = name.TrimEnd((byte)'/');
        StringBuilder stored = new(SnapshotLayout.FilesFolder);
        bool isLong = name.Length > LongestPath;
        while (true)
        {
            int slash = rest.IndexOf((byte)'/');
            ReadOnlySpan<byte> segment = slash < 0 ? rest : rest[..slash];
            if (segment.IsEmpty || segment.SequenceEqual("."u8) || segment.SequenceEqual(".."u8))
            {
                throw new InvalidDataException($"the name '{ToText(name).Text}' leads out of its directory");
            }

            int begin = stored.Append('/').Length;
            AppendSegment(stored, segment);
            isLong |= stored.Length - begin > LongestSegment;
            if (slash < 0)
            {
                return isLong || stored.Length > LongestPath ? Hashed(name) : stored.ToString();
            }

            rest = rest[(slash + 1)..];
        }
    }

    /// <summary>Where a file goes whose own place is taken, as on a file system that does not tell <c>a</c> from <c>A</c>.</summary>
    public static string Hashed(ReadOnlySpan<byte> name) => LongNames + Convert.ToHexString(SHA256.HashData(name)).ToLowerInvariant();

    /// <summary>A name as text, and as base64 where text would lose something.</summary>
    public static (string Text, string? Bytes) ToText(ReadOnlySpan<byte> name)
    {
        string text = Encoding.UTF8.GetString(name);
        return Encoding.UTF8.GetByteCount(text) == name.Length && !text.Contains('\uFFFD')
            ? (text, null)
            : (text, Convert.ToBase64String(name));
    }

    private static void AppendSegment(StringBuilder stored, ReadOnlySpan<byte> segment)
    {
        for (int i = 0; i < segment.Length;)
        {
            bool valid = Rune.DecodeFromUtf8(segment[i..], out Rune rune, out int length) == System.Buffers.OperationStatus.Done;
            bool last = i + length == segment.Length;
            if (valid && IsPortable(rune) && !(last && rune.Value is '.' or ' '))
            {
                stored.Append(rune.ToString());
            }
            else
            {
                foreach (byte part in segment.Slice(i, length))
                {
                    stored.Append('%').Append(part.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
                }
            }

            i += length;
        }
    }

    /// <summary>What Linux, macOS and Windows all take in a name; <c>%</c> is ours.</summary>
    private static bool IsPortable(Rune rune) =>
        rune.Value >= ' ' && rune.Value is not (0x7F or '%' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|') && !Rune.IsControl(rune);
}
