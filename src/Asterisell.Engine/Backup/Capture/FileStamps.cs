using System.Text;
using Asterisell.Engine.Backup.Tree;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>
/// What <c>find</c> sees, by name: enough to tell afterwards which files changed while tar read them. A name costs 32 bytes here.
/// </summary>
internal sealed class FileStamps
{
    /// <summary>Fields of an entry: kind, size, times of content and of inode, then the name, which may hold anything but NUL.</summary>
    public const string FindFormat = "%y %s %T@ %C@ %p\\0";

    private readonly Dictionary<NameKey, NameKey> _stamps = [];

    /// <summary>Entries that tar stores.</summary>
    public int Count => _stamps.Count;

    /// <summary>Whether a name is there with exactly that stamp.</summary>
    public bool Has(NameKey name, NameKey stamp) => _stamps.TryGetValue(name, out NameKey known) && known == stamp;

    /// <summary>Reads what find wrote.</summary>
    /// <param name="output">NUL-terminated entries.</param>
    /// <param name="onEntry">Told the name, relative to the root, of each entry that tar stores; the bytes are valid during the call only.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<FileStamps> ReadAsync(Stream output, FoundFile? onEntry, CancellationToken cancellation)
    {
        FileStamps stamps = new();
        byte[] buffer = new byte[64 * 1024];
        int filled = 0;
        int read;
        while ((read = await output.ReadAsync(buffer.AsMemory(filled), cancellation).ConfigureAwait(false)) > 0)
        {
            filled += read;
            int start = 0;
            while (buffer.AsSpan(start, filled - start).IndexOf((byte)0) is >= 0 and int length)
            {
                stamps.Add(buffer.AsSpan(start, length), onEntry);
                start += length + 1;
            }

            filled -= start;
            buffer.AsSpan(start, filled).CopyTo(buffer);
            if (filled == buffer.Length)
            {
                throw new InvalidDataException("a name is longer than a path can be");
            }
        }

        return filled == 0 ? stamps : throw new InvalidDataException("the list of files ends in the middle of a name");
    }

    /// <summary>What a reader of the list is told.</summary>
    /// <param name="name">Bytes of the name without the leading slash.</param>
    /// <param name="key">Stands for the name.</param>
    /// <param name="stamp">Stands for kind, size and times.</param>
    public delegate void FoundFile(ReadOnlySpan<byte> name, NameKey key, NameKey stamp);

    private void Add(ReadOnlySpan<byte> entry, FoundFile? onEntry)
    {
        int slash = entry.IndexOf((byte)'/');
        if (slash < 0)
        {
            throw new InvalidDataException($"find wrote '{Encoding.UTF8.GetString(entry)}'");
        }

        // A folder changes with every file in it; only what has content of its own is compared. tar leaves sockets out.
        if (entry[0] is (byte)'f' or (byte)'l')
        {
            ReadOnlySpan<byte> name = entry[(slash + 1)..];
            NameKey key = NameKey.Of(name);
            NameKey stamp = NameKey.Of(entry[..slash]);
            _stamps[key] = stamp;
            onEntry?.Invoke(name, key, stamp);
        }
    }
}
