using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Targets.Sftp;
using Asterisell.Engine.Backup.Verification;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Targets.Stores;

/// <summary>
/// Writes one snapshot below a hidden name on a server and gives it its own when every file is there with its size. What an earlier snapshot
/// has gets a second name there; what an unfinished one has is kept: neither is sent again.
/// </summary>
internal sealed class SftpSnapshotWriter(SftpClient client, string target, string root, string folder, SnapshotName name)
{
    private readonly SftpTree _tree = new(client);
    private readonly string _place = $"{root}/{name.Host}/{name.Instance}";
    private readonly CopyCheck _arrived = new();
    private readonly CopyCheck _baseSizes = new();
    private KnownFiles _base = KnownFiles.None;
    private string? _basePath;
    private long _sent;
    private long _toSend;

    private string Partial => $"{_place}/{SnapshotLayout.PartialPrefix}{name.Id}";

    /// <summary>Writes it.</summary>
    public async Task WriteAsync(IOperationProgress? progress, CancellationToken cancellation)
    {
        progress?.Report("looking what the target has");
        await _tree.MakeAsync(_place, cancellation).ConfigureAwait(false);
        IReadOnlyList<SftpEntry> there = await client.ListAsync(_place, cancellation).ConfigureAwait(false);
        if (there.Any(entry => entry.Name == name.Id))
        {
            throw TargetErrors.TargetHasSnapshot(name.ToString(), $"{_place}/{name.Id}");
        }

        await ReadBaseAsync(there, cancellation).ConfigureAwait(false);
        await ContinueAsync(there, cancellation).ConfigureAwait(false);
        await RequireRoomAsync(cancellation).ConfigureAwait(false);
        await SftpTree.ForEachAsync(CopyCheck.ReadAsync(folder, cancellation), (entry, token) => BringAsync(entry, progress, token), cancellation).ConfigureAwait(false);
        progress?.Report("comparing what has arrived");
        await JudgeAsync(cancellation).ConfigureAwait(false);
        await client.RenameAsync(Partial, $"{_place}/{name.Id}", cancellation).ConfigureAwait(false);
    }

    /// <summary>The newest snapshot there, for its files that did not change.</summary>
    private async Task ReadBaseAsync(IReadOnlyList<SftpEntry> there, CancellationToken cancellation)
    {
        string? newest = there.Where(entry => entry.IsFolder && SnapshotId.TryParse(entry.Name, out _)).Select(entry => entry.Name).Max(StringComparer.Ordinal);
        if (newest is not null && client.CanLink)
        {
            _base = await ReadListingAsync($"{_place}/{newest}", cancellation).ConfigureAwait(false);
            _basePath = $"{_place}/{newest}";
            await _tree.WalkAsync(_basePath, (path, entry) => _baseSizes.Add(path, entry.IsFile ? entry.Size : -1), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Takes over what a run that was killed left: its files of the same path and content stay, the others go.</summary>
    private async Task ContinueAsync(IReadOnlyList<SftpEntry> there, CancellationToken cancellation)
    {
        string[] left = [.. there.Where(entry => entry.IsFolder && SnapshotLayout.IsLeftover(entry.Name)).Select(entry => entry.Name).Order(StringComparer.Ordinal)];
        string? newest = left.LastOrDefault(leftover => leftover.StartsWith(SnapshotLayout.PartialPrefix, StringComparison.Ordinal));
        foreach (string other in left.Where(other => other != newest))
        {
            await _tree.RemoveAsync($"{_place}/{other}", cancellation).ConfigureAwait(false);
        }

        if (newest is not null && newest != SnapshotLayout.PartialPrefix + name.Id)
        {
            await client.RenameAsync($"{_place}/{newest}", Partial, cancellation).ConfigureAwait(false);
        }

        await _tree.MakeAsync(Partial, cancellation).ConfigureAwait(false);
        KnownFiles had = newest is null ? KnownFiles.None : await ReadListingAsync(Partial, cancellation).ConfigureAwait(false);
        if (newest is not null)
        {
            await DropStrangersAsync(had, cancellation).ConfigureAwait(false);
        }

        // Before the first file: the next run has to know what the files are that this one brings. Renamed, so that it is there whole or not.
        string listing = $"{Partial}/{SnapshotLayout.Listing}";
        await SftpTransfer.UploadAsync(client, Path.Combine(folder, SnapshotLayout.Listing), listing + ".new", 0, flush: true, null, cancellation).ConfigureAwait(false);
        await client.RenameAsync(listing + ".new", listing, cancellation).ConfigureAwait(false);
    }

    /// <summary>Removes from an unfinished snapshot what the new one does not have exactly so.</summary>
    private async Task DropStrangersAsync(KnownFiles had, CancellationToken cancellation)
    {
        Dictionary<string, long> found = new(StringComparer.Ordinal);
        await _tree.WalkAsync(Partial, (path, entry) => found[path] = entry.IsFile ? entry.Size : -1, cancellation).ConfigureAwait(false);
        found.Remove(SnapshotLayout.Listing);
        await foreach (SnapshotEntry entry in CopyCheck.ReadAsync(folder, cancellation).ConfigureAwait(false))
        {
            if (entry.Kind == SnapshotEntryKind.File && found.TryGetValue(entry.Path, out long size) && size >= 0 && size <= entry.Size && had.Has(entry))
            {
                _arrived.Add(entry.Path, size);
                found.Remove(entry.Path);
            }
        }

        await SftpTree.ForEachAsync(found.Keys, (path, token) => client.RemoveAsync($"{Partial}/{path}", token), cancellation).ConfigureAwait(false);
    }

    private async Task RequireRoomAsync(CancellationToken cancellation)
    {
        await foreach (SnapshotEntry entry in CopyCheck.ReadAsync(folder, cancellation).ConfigureAwait(false))
        {
            _toSend += entry.Kind == SnapshotEntryKind.File && !IsInBase(entry) ? entry.Size - (_arrived.Find(entry.Path) ?? 0) : 0;
        }

        if (await client.FindFreeAsync(_place, cancellation).ConfigureAwait(false) is { } free && free < _toSend)
        {
            throw TargetErrors.TargetTooSmall(target, _place, free, _toSend);
        }
    }

    private async Task BringAsync(SnapshotEntry entry, IOperationProgress? progress, CancellationToken cancellation)
    {
        string remote = $"{Partial}/{entry.Path}";
        if (entry.Kind == SnapshotEntryKind.Directory)
        {
            await _tree.MakeAsync(remote, cancellation).ConfigureAwait(false);
        }

        long arrived = entry.Kind == SnapshotEntryKind.File ? _arrived.Find(entry.Path) ?? -1 : entry.Size;
        if (arrived == entry.Size)
        {
            return;
        }

        await _tree.MakeAsync(remote[..remote.LastIndexOf('/')], cancellation).ConfigureAwait(false);
        if (arrived < 0 && IsInBase(entry) && await TryLinkAsync(entry.Path, cancellation).ConfigureAwait(false))
        {
            return;
        }

        await SftpTransfer.UploadAsync(
            client, SnapshotPath.Combine(folder, entry.Path), remote, Math.Max(0, arrived), flush: false, bytes => Sent(bytes, progress), cancellation).ConfigureAwait(false);
    }

    /// <summary>A file that lost its end there must not become part of another snapshot.</summary>
    private bool IsInBase(SnapshotEntry entry) => _base.Has(entry) && _baseSizes.Find(entry.Path) == entry.Size;

    private void Sent(int bytes, IOperationProgress? progress)
    {
        long sent = Interlocked.Add(ref _sent, bytes);
        progress?.Report($"sending to {target}", (int)Math.Min(99, sent * 100 / Math.Max(1, _toSend)));
    }

    /// <summary>False where the file is gone there, or its file system knows no second names: then it is sent.</summary>
    private async Task<bool> TryLinkAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await client.LinkAsync($"{_basePath}/{path}", $"{Partial}/{path}", cancellation).ConfigureAwait(false);
            return true;
        }
        catch (SftpException)
        {
            return false;
        }
    }

    /// <summary>Every file with its size; then manifest and checksum, read back as they were written.</summary>
    private async Task JudgeAsync(CancellationToken cancellation)
    {
        FindingList findings = new();
        CopyCheck check = new();
        await _tree.WalkAsync(Partial, (path, entry) => check.Add(path, entry.IsFile ? entry.Size : -1), cancellation).ConfigureAwait(false);
        await check.CompareAsync(folder, findings, cancellation).ConfigureAwait(false);
        foreach (string own in new[] { SnapshotLayout.Manifest, SnapshotLayout.ManifestChecksum })
        {
            string local = Path.Combine(folder, own);
            await SftpTransfer.UploadAsync(client, local, $"{Partial}/{own}", 0, flush: true, null, cancellation).ConfigureAwait(false);
            byte[] written = await File.ReadAllBytesAsync(local, cancellation).ConfigureAwait(false);
            byte[] back = await SftpTransfer.ReadSmallAsync(client, $"{Partial}/{own}", written.Length, cancellation).ConfigureAwait(false);
            if (!written.AsSpan().SequenceEqual(back))
            {
                findings.Fail(own, "it does not come back as it was written");
            }
        }

        if (findings.FailureCount > 0)
        {
            throw TargetErrors.TargetCopyBroken(target, name.ToString(), findings.Failures());
        }
    }

    private async Task<KnownFiles> ReadListingAsync(string remote, CancellationToken cancellation)
    {
        string scratch = Directory.CreateTempSubdirectory("asl-").FullName;
        try
        {
            return await SftpTransfer.DownloadAsync(
                client, $"{remote}/{SnapshotLayout.Listing}", Path.Combine(scratch, SnapshotLayout.Listing), null, cancellation).ConfigureAwait(false)
                ? await KnownFiles.ReadAsync(scratch, cancellation).ConfigureAwait(false)
                : KnownFiles.None;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
