using System.Text;
using Asterisell.Engine.Backup.Manifest;

namespace Asterisell.Engine.Backup.Storage;

/// <summary>
/// Writes <c>files.jsonl</c> while the files come; an entry can be replaced by a newer reading of the same file. What is listed is stored, so
/// after a kill the listing tells which files had arrived.
/// </summary>
internal sealed class ListingWriter : IAsyncDisposable
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Bytes of files that may be stored and not listed yet: a kill loses them.</summary>
    private const int MostUnlisted = 4 * 1024 * 1024;

    private readonly object _lock = new();
    private readonly SnapshotWriter _snapshot;
    private readonly SourceTotals _sources;
    private readonly Dictionary<string, (SnapshotEntry Entry, bool WasShared)> _replaced = new(StringComparer.Ordinal);
    private BufferedStream _lines;
    private SnapshotFile _file;
    private long _unlisted;
    private long _entries;
    private long _files;
    private long _bytes;
    private long _sharedBytes;

    public ListingWriter(SnapshotWriter snapshot, SourceTotals sources)
    {
        (_snapshot, _sources) = (snapshot, sources);
        _file = snapshot.CreateFile(SnapshotLayout.Listing);
        _lines = new BufferedStream(_file, BufferSize);
    }

    /// <summary>Adds a line; from any thread, until the listing is completed.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="shared">True when an earlier snapshot has the same file, so that it takes no room.</param>
    public void Add(SnapshotEntry entry, bool shared)
    {
        byte[] line = FileListing.ToLine(entry);
        byte[] source = entry.Source is null ? [] : Encoding.UTF8.GetBytes(entry.Source);
        Add(line, entry.Kind, entry.Size, source, shared);
    }

    /// <summary>Adds a line of an earlier listing as it is.</summary>
    /// <param name="line">With its end.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="size">Bytes of the file.</param>
    /// <param name="source">Bytes of its absolute path in the container; empty for what the backup made itself.</param>
    /// <param name="shared">True when an earlier snapshot has the same file, so that it takes no room.</param>
    public void Add(ReadOnlySpan<byte> line, SnapshotEntryKind kind, long size, ReadOnlySpan<byte> source, bool shared)
    {
        lock (_lock)
        {
            _lines.Write(line);
            _entries++;
            if (kind != SnapshotEntryKind.File)
            {
                return;
            }

            _files++;
            _bytes += size;
            _sharedBytes += shared ? size : 0;
            _sources.Add(source, size);
            _unlisted += shared ? 0 : size;
            if (_unlisted >= MostUnlisted)
            {
                _lines.Flush();
                _unlisted = 0;
            }
        }
    }

    /// <summary>Puts an entry in the place of the earlier one of the same path.</summary>
    public void Replace(SnapshotEntry entry, bool wasShared) =>
        _replaced[entry.Path] = (entry, _replaced.TryGetValue(entry.Path, out (SnapshotEntry, bool WasShared) before) ? before.WasShared : wasShared);

    /// <param name="filesListedAt">See <see cref="ManifestListing.FilesListedAt"/>.</param>
    /// <param name="cancellation">Ends the writing.</param>
    public async Task<ManifestListing> CompleteAsync(DateTimeOffset? filesListedAt, CancellationToken cancellation)
    {
        if (_replaced.Count > 0)
        {
            await RewriteAsync(cancellation).ConfigureAwait(false);
        }

        await _lines.FlushAsync(cancellation).ConfigureAwait(false);
        string sha256 = _file.Complete(flush: true);
        return new ManifestListing
        {
            Path = SnapshotLayout.Listing,
            SizeBytes = _file.Length,
            Sha256 = sha256,
            Entries = _entries,
            Files = _files,
            FilesSizeBytes = _bytes,
            SharedBytes = _sharedBytes,
            FilesListedAt = filesListedAt,
        };
    }

    public async ValueTask DisposeAsync() => await _file.DisposeAsync().ConfigureAwait(false);

    /// <summary>Beside the first listing, so that a kill finds one of them whole.</summary>
    private async Task RewriteAsync(CancellationToken cancellation)
    {
        await _lines.FlushAsync(cancellation).ConfigureAwait(false);
        _ = _file.Complete(flush: false);
        string first = _file.FullPath;
        await _file.DisposeAsync().ConfigureAwait(false);
        _file = _snapshot.CreateFile(SnapshotLayout.Listing + ".new");
        _lines = new BufferedStream(_file, BufferSize);
        (_entries, _files, _bytes) = (0, 0, 0);
        _sources.Clear();
        FileStream earlier = File.OpenRead(first);
        await using (earlier.ConfigureAwait(false))
        {
            ListedLine listed = new();
            await foreach (ReadOnlyMemory<byte> line in FileListing.ReadLinesAsync(earlier, cancellation).ConfigureAwait(false))
            {
                AddAgain(listed, line.Span);
            }
        }

        File.Move(_file.FullPath, first, overwrite: true);
    }

    private void AddAgain(ListedLine listed, ReadOnlySpan<byte> line)
    {
        if (!listed.TryRead(line))
        {
            throw new InvalidDataException("a line that was just written is not an entry");
        }

        if (!_replaced.TryGetValue(Encoding.UTF8.GetString(listed.Path), out (SnapshotEntry Entry, bool WasShared) newer))
        {
            // Whether it is shared was counted when it came first.
            Add(line, listed.Kind, listed.Size, listed.Source, shared: false);
            return;
        }

        _sharedBytes -= newer.WasShared ? listed.Size : 0;
        Add(newer.Entry, shared: false);
    }
}
