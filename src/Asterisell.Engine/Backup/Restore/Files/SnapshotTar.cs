using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Engine.Backup.Restore.Files;

/// <summary>Files of a snapshot as one tar, with owner, mode, time and links as the container had them.</summary>
internal static class SnapshotTar
{
    private const int BufferSize = 256 * 1024;

    /// <summary>The tar of chosen entries.</summary>
    /// <param name="folder">Folder of the snapshot.</param>
    /// <param name="rename">Gives the absolute path that an entry gets; null leaves it out.</param>
    public static Stream Open(string folder, Func<SnapshotEntry, string?> rename) => new ChunkStream(ReadAsync(folder, rename));

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        string folder, Func<SnapshotEntry, string?> rename, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        byte[] buffer = new byte[BufferSize];
        FileStream listing = File.OpenRead(Path.Combine(folder, SnapshotLayout.Listing));
        await using (listing.ConfigureAwait(false))
        {
            await foreach (SnapshotEntry entry in FileListing.ReadAsync(listing, cancellation).ConfigureAwait(false))
            {
                if (entry.Source is null || entry.Kind == SnapshotEntryKind.Special || rename(entry) is not { } path)
                {
                    continue;
                }

                yield return TarEntries.Head(Describe(entry, path));
                if (entry.Kind != SnapshotEntryKind.File)
                {
                    continue;
                }

                FileStream content = new(SnapshotPath.Combine(folder, entry.Path), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
                await using (content.ConfigureAwait(false))
                {
                    long left = entry.Size;
                    while (left > 0)
                    {
                        int read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellation).ConfigureAwait(false);
                        left -= read > 0 ? read : throw new InvalidDataException($"{entry.Path} is shorter than files.jsonl says");
                        yield return buffer.AsMemory(0, read);
                    }
                }

                yield return new byte[TarEntries.Padding(entry.Size)];
            }
        }

        yield return TarEntries.End;
    }

    private static NewTarEntry Describe(SnapshotEntry entry, string path) => new()
    {
        Name = NameOf(entry, path),
        Type = entry.Kind switch
        {
            SnapshotEntryKind.Directory => (byte)'5',
            SnapshotEntryKind.Link => (byte)'2',
            _ => (byte)'0',
        },
        Size = entry.Kind == SnapshotEntryKind.File ? entry.Size : 0,
        Mode = entry.Mode is { } mode ? (int)ParseOctal(mode) : 0x1A4,
        UserId = entry.UserId ?? 0,
        GroupId = entry.GroupId ?? 0,
        Owner = entry.Owner,
        Group = entry.Group,
        ModifiedAt = entry.ModifiedAt ?? DateTimeOffset.UnixEpoch,
        LinkName = entry.Kind == SnapshotEntryKind.Link ? Bytes(entry.LinkTarget ?? string.Empty, entry.LinkTargetBytes) : [],
    };

    /// <summary>The exact bytes of the name, behind the part that the renaming may have changed.</summary>
    private static byte[] NameOf(SnapshotEntry entry, string path)
    {
        byte[] name = Renamed(entry, path);
        ReadOnlySpan<byte> relative = name.AsSpan().TrimStart((byte)'/');
        return entry.Kind == SnapshotEntryKind.Directory ? [.. relative, (byte)'/'] : relative.ToArray();
    }

    /// <summary>Only the beginning of a path is ever renamed, and that is text: what follows is taken as the bytes that it is.</summary>
    private static byte[] Renamed(SnapshotEntry entry, string path)
    {
        if (entry.SourceBytes is null)
        {
            return Encoding.UTF8.GetBytes(path);
        }

        byte[] exact = Convert.FromBase64String(entry.SourceBytes);
        int common = 0;
        while (common < Math.Min(path.Length, entry.Source!.Length) && path[^(common + 1)] == entry.Source[^(common + 1)])
        {
            common++;
        }

        int removed = Encoding.UTF8.GetByteCount(entry.Source![..^common]);
        return [.. Encoding.UTF8.GetBytes(path[..^common]), .. exact.AsSpan(removed)];
    }

    private static byte[] Bytes(string text, string? base64) => base64 is null ? Encoding.UTF8.GetBytes(text) : Convert.FromBase64String(base64);

    private static long ParseOctal(string mode) => mode.Aggregate(0L, (value, digit) => (value * 8) + int.Parse([digit], NumberStyles.None, CultureInfo.InvariantCulture));
}
