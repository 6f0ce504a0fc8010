using Asterisell.Engine.Backup.Manifest;

namespace Asterisell.Engine.Backup.Storage;

/// <summary>Writes <c>files.jsonl</c> while the files come; an entry can be replaced once by a newer reading of the same file.</summary>
internal sealed class ListingWriter : IAsyncDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly object _lock = new();
    private readonly SnapshotWriter _snapshot;
    private readonly SourceTotals _sources;
    private readonly Dictionary<string, SnapshotEntry> _replaced = new(StringComparer.Ordinal);
    private BufferedStream _lines;
    private SnapshotFile _file;
    private long _entries;
    private long _files;
    private long _bytes;

    public ListingWriter(SnapshotWriter snapshot, SourceTotals sources)
    {
        (_snapshot, _sources) = (snapshot, sources);
        _file = snapshot.CreateFile(SnapshotLayout.Listing);
        _lines = new BufferedStream(_file, BufferSize);
    }

    /// <summary>Adds a line; from any thread, until the listing is completed.</summary>
    public void Add(SnapshotEntry entry)
    {
        lock (_lock)
        {
            _lines.Write(FileListing.ToLine(entry));
            _entries++;
            if (entry.Kind == SnapshotEntryKind.File)
            {
                _files++;
                _bytes += entry.Size;
                _sources.Add(entry);
            }
        }
    }

    /// <summary>Puts an entry in the place of the earlier one of the same path.</summary>
    public void Replace(SnapshotEntry entry) => _replaced[entry.Path] = entry;

    public async Task<ManifestListing> CompleteAsync(CancellationToken cancellation)
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
        };
    }

    public async ValueTask DisposeAsync() => await _file.DisposeAsync().ConfigureAwait(false);

    private async Task RewriteAsync(CancellationToken cancellation)
    {
        await _lines.FlushAsync(cancellation).ConfigureAwait(false);
        _ = _file.Complete(flush: false);
        string first = _file.FullPath + ".first";
        File.Move(_file.FullPath, first);
        await _file.DisposeAsync().ConfigureAwait(false);
        (_file, _entries, _files, _bytes) = (_snapshot.CreateFile(SnapshotLayout.Listing), 0, 0, 0);
        _lines = new BufferedStream(_file, BufferSize);
        _sources.Clear();
        FileStream earlier = File.OpenRead(first);
        await using (earlier.ConfigureAwait(false))
        {
            await foreach (SnapshotEntry entry in FileListing.ReadAsync(earlier, cancellation).ConfigureAwait(false))
            {
                Add(_replaced.GetValueOrDefault(entry.Path, entry));
            }
        }

        File.Delete(first);
    }
}
