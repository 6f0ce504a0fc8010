using System.Buffers;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Engine.Backup.Tree;

/// <summary>
/// Stores what a tar brings as a tree of plain files. Nothing in the tar chooses a place outside of the tree: names are checked, files are
/// created anew in folders that this class made, and links are written down instead of made.
/// </summary>
/// <remarks>Container and tar are not trusted: a broken-into instance must not be able to write on the machine that keeps its backups.</remarks>
/// <param name="snapshot">Where to.</param>
/// <param name="findTaken">Where the snapshot has a name that was taken from an earlier one; null where it was not.</param>
internal sealed class TreeWriter(SnapshotWriter snapshot, Func<NameKey, TakenPlace?> findTaken)
{
    private const int BufferSize = 128 * 1024;

    /// <summary>
    /// Bytes after which garbage is taken away. Left alone, the runtime lets it grow as large as the processor's cache, which on a server is
    /// more than a backup may take.
    /// </summary>
    private const long MostGarbage = 8 * 1024 * 1024;

    private readonly HashSet<NameKey> _stored = [];
    private readonly Dictionary<NameKey, string> _moved = [];
    private long _collectedAt;

    /// <summary>True when a tar brought that name (bytes, relative to the container's root).</summary>
    public bool Has(NameKey name) => _stored.Contains(name);

    /// <summary>Stores a tar to its end.</summary>
    /// <param name="tar">Names relative to the container's root.</param>
    /// <param name="asked">What find printed of each entry that the tar should bring, by name; what it brought is taken out.</param>
    /// <param name="onStored">Told of every entry.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InvalidDataException">It is not a sound or not an honest tar; the message says why.</exception>
    public async Task StoreAsync(Stream tar, Dictionary<NameKey, byte[]> asked, Action<SnapshotEntry>? onStored, CancellationToken cancellation)
    {
        TarReader reader = new(tar);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await reader.NextAsync(cancellation).ConfigureAwait(false) is { } entry)
            {
                NameKey key = NameKey.Of(entry.Name.AsSpan().TrimEnd((byte)'/'));
                string path = StoredName.For(entry.Name);
                if (!asked.Remove(key, out byte[]? record))
                {
                    string why = _stored.Contains(key) ? "comes twice" : "was not asked for";
                    throw new InvalidDataException($"the name '{StoredName.ToText(entry.Name).Text}' {why}");
                }

                TakenPlace? taken = findTaken(key);
                bool known = !_stored.Add(key) || taken is not null;
                path = taken?.Path ?? PathOf(entry, key, path, known);
                SnapshotEntry stored = WithStamp(await StoreAsync(reader, entry, path, known, buffer, cancellation).ConfigureAwait(false), record);
                if (known)
                {
                    snapshot.Replace(stored, wasShared: taken is { Linked: true });
                }
                else
                {
                    snapshot.Add(stored);
                }

                onStored?.Invoke(stored);
                CollectGarbage();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void CollectGarbage()
    {
        long allocated = GC.GetTotalAllocatedBytes(precise: false);
        if (allocated - _collectedAt > MostGarbage)
        {
            GC.Collect(0, GCCollectionMode.Forced, blocking: true);
            _collectedAt = allocated;
        }
    }

    private async Task<SnapshotEntry> StoreAsync(TarReader reader, TarEntry entry, string path, bool known, byte[] buffer, CancellationToken cancellation)
    {
        if (known && entry.Kind != TarEntryKind.File)
        {
            snapshot.DeleteFile(path);
        }

        switch (entry.Kind)
        {
            case TarEntryKind.File:
                SnapshotFile file = snapshot.CreateFile(path, replace: known);
                await using (file.ConfigureAwait(false))
                {
                    int read;
                    while ((read = await reader.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
                    {
                        await file.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
                    }

                    string sha256 = file.Complete(flush: false);
                    return Describe(entry, path, SnapshotEntryKind.File) with { Size = file.Length, Sha256 = sha256 };
                }

            case TarEntryKind.Directory:
                snapshot.CreateFolder(path);
                return Describe(entry, path, SnapshotEntryKind.Directory);
            case TarEntryKind.SymbolicLink:
                (string target, string? bytes) = StoredName.ToText(entry.LinkName);
                return Describe(entry, path, SnapshotEntryKind.Link) with { LinkTarget = target, LinkTargetBytes = bytes };
            case TarEntryKind.Special:
                return Describe(entry, path, SnapshotEntryKind.Special);
            default:
                throw new InvalidDataException($"'{StoredName.ToText(entry.Name).Text}' is a second name of another file, which was not asked for");
        }
    }

    /// <summary>Says by what the next backup will know the file again. tar tells whole seconds.</summary>
    private static SnapshotEntry WithStamp(SnapshotEntry stored, byte[] record)
    {
        FoundEntry found = FoundEntry.Parse(record);
        bool sameSecond = found.ModifiedAt.ToUnixTimeSeconds() == stored.ModifiedAt?.ToUnixTimeSeconds();
        return stored with { Stamp = found.StampText, ModifiedAt = sameSecond ? found.ModifiedAt : stored.ModifiedAt };
    }

    private string PathOf(TarEntry entry, NameKey key, string path, bool known)
    {
        if (_moved.TryGetValue(key, out string? moved))
        {
            return moved;
        }

        if (known || entry.Kind != TarEntryKind.File || !snapshot.Exists(path))
        {
            return path;
        }

        return _moved[key] = StoredName.Hashed(entry.Name);
    }

    private static SnapshotEntry Describe(TarEntry entry, string path, SnapshotEntryKind kind)
    {
        ReadOnlySpan<byte> name = entry.Name.AsSpan().TrimEnd((byte)'/');
        (string source, string? bytes) = StoredName.ToText([(byte)'/', .. name]);
        return new SnapshotEntry
        {
            Path = path,
            Kind = kind,
            Source = source,
            SourceBytes = bytes,
            Mode = Convert.ToString(entry.Mode, 8).PadLeft(4, '0'),
            UserId = entry.UserId,
            GroupId = entry.GroupId,
            Owner = entry.Owner.Length == 0 ? null : entry.Owner,
            Group = entry.Group.Length == 0 ? null : entry.Group,
            ModifiedAt = entry.ModifiedAt,
        };
    }
}

/// <summary>Where a snapshot has what was taken from an earlier one.</summary>
/// <param name="Path">Relative path in the snapshot.</param>
/// <param name="Linked">True when it is listed as shared.</param>
internal readonly record struct TakenPlace(string Path, bool Linked);
