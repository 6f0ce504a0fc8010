using System.Security.Cryptography;
using System.Text.Json;
using Asterisell.Engine.Backup.Manifest;

namespace Asterisell.Engine.Backup.Storage;

/// <summary>
/// Writes one snapshot under a hidden name and gives it its own only when every byte is on the disk: files, listing, manifest, checksum of
/// the manifest, folder, rename, folder above. Disposed before that, it leaves nothing. Files may be made and listed from several threads.
/// </summary>
internal sealed class SnapshotWriter : IAsyncDisposable
{
    private readonly InstanceFolder _instance;
    private readonly string _partial;
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly ListingWriter _listing;
    private bool _committed;

    private SnapshotWriter(InstanceFolder instance, SnapshotId id, string partial)
    {
        _instance = instance;
        _partial = partial;
        Id = id;
        _listing = new ListingWriter(this, Sources);
    }

    /// <summary>What each directory of the container brought; final when the listing is complete.</summary>
    public SourceTotals Sources { get; } = new();

    /// <summary>Its name to be.</summary>
    public SnapshotId Id { get; }

    /// <summary>Where it is written: files may be shared into it.</summary>
    public string PartialPath => _partial;

    /// <summary>Where it will be.</summary>
    public string FinalPath => Path.Combine(_instance.Path, Id.ToString());

    /// <summary>Begins a snapshot; the caller holds the lock of the folder.</summary>
    public static SnapshotWriter Begin(InstanceFolder instance, SnapshotId id)
    {
        string partial = Path.Combine(instance.Path, SnapshotLayout.PartialPrefix + id);
        try
        {
            PrivateFiles.CreateFolder(partial);
            return new SnapshotWriter(instance, id, partial);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw BackupErrors.ForTarget(instance.Target, partial, failure);
        }
    }

    /// <summary>Opens a new file; its folder is created where it is missing.</summary>
    /// <param name="path">Relative path, safe by construction.</param>
    /// <param name="replace">True to write a file anew; false to fail where one of that name exists.</param>
    public SnapshotFile CreateFile(string path, bool replace = false)
    {
        int slash = path.LastIndexOf('/');
        if (slash > 0)
        {
            CreateFolder(path[..slash]);
        }

        return new SnapshotFile(SnapshotPath.Combine(_partial, path), path, _instance.Target, replace);
    }

    /// <summary>True when a file or folder of that path is there.</summary>
    public bool Exists(string path) => Path.Exists(SnapshotPath.Combine(_partial, path));

    /// <summary>Takes a file away again; nothing where there is none.</summary>
    public void DeleteFile(string path)
    {
        if (Find(path) is { } file)
        {
            file.Delete();
        }
    }

    /// <summary>A file that was written already; null when there is none of that path.</summary>
    public FileInfo? Find(string path) => new FileInfo(SnapshotPath.Combine(_partial, path)) is { Exists: true } file ? file : null;

    /// <summary>Creates a folder and what is missing above it.</summary>
    public void CreateFolder(string path)
    {
        lock (_folders)
        {
            if (_folders.Contains(path))
            {
                return;
            }
        }

        string full = SnapshotPath.Combine(_partial, path);
        try
        {
            PrivateFiles.CreateFolder(full);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw BackupErrors.ForTarget(_instance.Target, full, failure);
        }

        lock (_folders)
        {
            if (_folders.Count > 1000)
            {
                _folders.Clear();
            }

            _folders.Add(path);
        }
    }

    /// <summary>Lists an entry.</summary>
    public void Add(SnapshotEntry entry) => _listing.Add(entry, shared: false);

    /// <summary>Lists a file that is shared with an earlier snapshot.</summary>
    public void AddShared(SnapshotEntry entry) => _listing.Add(entry, shared: true);

    /// <summary>Lists what an earlier listing has, as it has it.</summary>
    /// <param name="line">Its line.</param>
    /// <param name="listed">The same, read.</param>
    /// <param name="shared">True for a file that takes no room of its own.</param>
    public void Add(ReadOnlySpan<byte> line, ListedLine listed, bool shared) =>
        _listing.Add(line, listed.Kind, listed.Size, listed.Source, shared);

    /// <summary>Lists a newer reading of a file that is listed already.</summary>
    /// <param name="entry">The newer reading.</param>
    /// <param name="wasShared">Whether the one that it takes the place of was listed as shared.</param>
    public void Replace(SnapshotEntry entry, bool wasShared = false) => _listing.Replace(entry, wasShared);

    /// <summary>Writes and lists a file that the backup itself makes.</summary>
    public async Task AddFileAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        SnapshotFile file = CreateFile(path);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(content, cancellation).ConfigureAwait(false);
            AddFile(file);
        }
    }

    /// <summary>Ends and lists a file that the backup itself makes.</summary>
    /// <returns>Its SHA-256.</returns>
    public string AddFile(SnapshotFile file)
    {
        string sha256 = file.Complete(flush: true);
        AddFile(file, sha256);
        return sha256;
    }

    /// <summary>Lists a file that was ended already.</summary>
    public void AddFile(SnapshotFile file, string sha256) =>
        Add(new SnapshotEntry { Path = file.Path, Kind = SnapshotEntryKind.File, Size = file.Length, Sha256 = sha256 });

    /// <summary>Takes a file away that is not listed.</summary>
    public void Remove(string path)
    {
        try
        {
            File.Delete(SnapshotPath.Combine(_partial, path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw BackupErrors.ForTarget(_instance.Target, SnapshotPath.Combine(_partial, path), failure);
        }
    }

    /// <summary>Ends the listing; nothing can be added afterwards.</summary>
    /// <param name="cancellation">Ends the writing.</param>
    /// <param name="filesListedAt">See <see cref="ManifestListing.FilesListedAt"/>.</param>
    public Task<ManifestListing> CompleteListingAsync(CancellationToken cancellation, DateTimeOffset? filesListedAt = null) =>
        _listing.CompleteAsync(filesListedAt, cancellation);

    /// <summary>Makes the snapshot visible.</summary>
    /// <returns>Bytes of manifest and checksum.</returns>
    public async Task<long> CommitAsync(SnapshotManifest manifest, CancellationToken cancellation)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(manifest, BackupJson.Default.SnapshotManifest);
        byte[] checksum = ManifestFile.ChecksumLine(SHA256.HashData(json));
        try
        {
            DurableStorage.FlushTree(_partial);
            await WriteAsync(SnapshotLayout.Manifest, json, cancellation).ConfigureAwait(false);
            await WriteAsync(SnapshotLayout.ManifestChecksum, checksum, cancellation).ConfigureAwait(false);
            DurableStorage.FlushFolder(_partial);
            cancellation.ThrowIfCancellationRequested();
            Directory.Move(_partial, FinalPath);
            _committed = true;
            DurableStorage.FlushFolder(_instance.Path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw BackupErrors.ForTarget(_instance.Target, _committed ? FinalPath : _partial, failure);
        }

        return json.Length + checksum.Length;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _listing.DisposeAsync().ConfigureAwait(false);
        if (_committed)
        {
            return;
        }

        try
        {
            Directory.Delete(_partial, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Stays hidden; the next run of this instance removes it. The failure that led here is the one to report.
        }
    }

    private async Task WriteAsync(string path, byte[] content, CancellationToken cancellation)
    {
        SnapshotFile file = CreateFile(path);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(content, cancellation).ConfigureAwait(false);
            _ = file.Complete(flush: true);
        }
    }
}
