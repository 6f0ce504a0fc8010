using System.Security.Cryptography;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Targets;

/// <summary>
/// Copies a snapshot into another folder of this machine. Every file is compared with the listing while it passes, so that what becomes
/// visible is known to be whole; what an unfinished copy already has is not copied again.
/// </summary>
internal sealed class SnapshotCopy(AsterisellBackup source, string destination)
{
    private readonly byte[] _buffer = new byte[256 * 1024];

    /// <summary>Makes the copy.</summary>
    /// <returns>Its folder.</returns>
    public async Task<string> MakeAsync(IOperationProgress? progress, CancellationToken cancellation)
    {
        string folder = Path.Combine(destination, source.HostName, source.Name);
        string final = Path.Combine(folder, source.SnapshotId);
        string partial = Path.Combine(folder, SnapshotLayout.PartialPrefix + source.SnapshotId);
        try
        {
            PrivateFiles.CreateFolder(folder);
            using SnapshotLock exclusive = SnapshotLock.Take(folder, source.ToString(), DateTimeOffset.UtcNow);
            if (Directory.Exists(final))
            {
                throw TargetErrors.TargetHasSnapshot(source.ToString(), final);
            }

            PrivateFiles.CreateFolder(partial);
            await CopyListedAsync(partial, progress, cancellation).ConfigureAwait(false);
            foreach (string own in new[] { SnapshotLayout.Listing, SnapshotLayout.Manifest, SnapshotLayout.ManifestChecksum })
            {
                await CopyAsync(own, partial, null, cancellation).ConfigureAwait(false);
            }

            DurableStorage.FlushTree(partial);
            Directory.Move(partial, final);
            DurableStorage.FlushFolder(folder);
            return final;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw BackupErrors.ForTarget(source.ToString(), folder, failure);
        }
    }

    private async Task CopyListedAsync(string partial, IOperationProgress? progress, CancellationToken cancellation)
    {
        long copied = 0;
        FileStream listing = File.OpenRead(Path.Combine(source.Path, SnapshotLayout.Listing));
        await using (listing.ConfigureAwait(false))
        {
            await foreach (SnapshotEntry entry in FileListing.ReadAsync(listing, cancellation).ConfigureAwait(false))
            {
                if (entry.Kind == SnapshotEntryKind.Directory)
                {
                    PrivateFiles.CreateFolder(SnapshotPath.Combine(partial, entry.Path));
                }
                else if (entry.Kind == SnapshotEntryKind.File)
                {
                    await CopyAsync(entry.Path, partial, entry, cancellation).ConfigureAwait(false);
                    copied += entry.Size;
                    progress?.Report("copying the snapshot", (int)Math.Min(99, copied * 100 / Math.Max(1, source.SizeBytes)));
                }
            }
        }
    }

    /// <summary>Copies one file, and compares what passed with what was listed.</summary>
    private async Task CopyAsync(string path, string partial, SnapshotEntry? entry, CancellationToken cancellation)
    {
        string to = SnapshotPath.Combine(partial, path);
        if (entry is not null && await IsThereAsync(to, entry, cancellation).ConfigureAwait(false))
        {
            return;
        }

        PrivateFiles.CreateFolder(Path.GetDirectoryName(to)!);
        FileStream from = new(SnapshotPath.Combine(source.Path, path), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        await using (from.ConfigureAwait(false))
        {
            FileStream copy = PrivateFiles.Create(to, FileMode.Create);
            await using (copy.ConfigureAwait(false))
            {
                if (await PassAsync(from, copy, cancellation).ConfigureAwait(false) is var hash && entry is not null && hash != entry.Sha256)
                {
                    throw TargetErrors.TargetSourceChanged(source.ToString(), path);
                }
            }
        }
    }

    private async Task<bool> IsThereAsync(string path, SnapshotEntry entry, CancellationToken cancellation)
    {
        if (new FileInfo(path) is not { Exists: true, LinkTarget: null } file || file.Length != entry.Size)
        {
            return false;
        }

        FileStream there = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        await using (there.ConfigureAwait(false))
        {
            return await PassAsync(there, Stream.Null, cancellation).ConfigureAwait(false) == entry.Sha256;
        }
    }

    private async Task<string> PassAsync(Stream from, Stream to, CancellationToken cancellation)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int read;
        while ((read = await from.ReadAsync(_buffer, cancellation).ConfigureAwait(false)) > 0)
        {
            hash.AppendData(_buffer, 0, read);
            await to.WriteAsync(_buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
        }

        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }
}
