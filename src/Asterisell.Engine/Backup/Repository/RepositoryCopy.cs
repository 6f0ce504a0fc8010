using System.Buffers;
using System.Text;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Tree;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Repository;

/// <summary>Stores what the management directory holds: each file under its absolute path, as those of a container are.</summary>
internal sealed class RepositoryCopy(SnapshotWriter snapshot, RepositoryEarlier earlier)
{
    private const int BufferSize = 128 * 1024;

    private readonly SharedTree? _shared = earlier.Path is null ? null : new SharedTree(earlier.Path, snapshot.PartialPath);

    /// <summary>Stores all of it; what vanished meanwhile is left out, which the second look notices.</summary>
    /// <exception cref="AsterisellException"><c>RepositoryFileNotReadable</c>, and what the destination says.</exception>
    public async Task CopyAsync(List<RepositoryItem> items, IOperationProgress? progress, CancellationToken cancellation)
    {
        long all = Math.Max(1, items.Sum(item => item.Size));
        long done = 0;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            foreach (RepositoryItem item in items)
            {
                cancellation.ThrowIfCancellationRequested();
                await CopyAsync(item, buffer, cancellation).ConfigureAwait(false);
                done += item.Size;
                progress?.Report("storing the management directory", (int)(done * 100 / all));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>What git says of the copies of repositories, each fault a note.</summary>
    public async Task<IReadOnlyList<string>> CheckGitAsync(List<RepositoryItem> items, CancellationToken cancellation)
    {
        List<string> faults = [];
        foreach (RepositoryItem folder in items.Where(item => item.Kind == SnapshotEntryKind.Directory && Path.GetFileName(item.Path) == ".git"))
        {
            string copy = SnapshotPath.Combine(snapshot.PartialPath, StoredPath(folder.Path));
            if (await GitCheck.FindFaultAsync(copy, cancellation).ConfigureAwait(false) is { } fault)
            {
                faults.Add($"git finds fault with the copy of {folder.Path}: {fault}");
            }
        }

        return faults;
    }

    private async Task CopyAsync(RepositoryItem item, byte[] buffer, CancellationToken cancellation)
    {
        string path = StoredPath(item.Path);
        switch (item.Kind)
        {
            case SnapshotEntryKind.Directory:
                if (path.Length > SnapshotLayout.FilesFolder.Length + 1)
                {
                    snapshot.CreateFolder(path);
                    snapshot.Add(Describe(item, path));
                }

                break;
            case SnapshotEntryKind.File:
                if (!TryShare(item, path))
                {
                    await StoreAsync(item, path, buffer, cancellation).ConfigureAwait(false);
                }

                break;
            default:
                snapshot.Add(Describe(item, path) with { LinkTarget = item.Target });
                break;
        }
    }

    private bool TryShare(RepositoryItem item, string path)
    {
        if (_shared is null || earlier.Find(item, path) is not { } known)
        {
            return false;
        }

        int slash = path.LastIndexOf('/');
        snapshot.CreateFolder(path[..slash]);
        ShareOutcome outcome = _shared.Share(Encoding.UTF8.GetBytes(path), item.Size);
        if (outcome is not (ShareOutcome.Linked or ShareOutcome.Copied))
        {
            return false;
        }

        SnapshotEntry entry = Describe(item, path) with { Size = known.Size, Sha256 = known.Sha256 };
        if (outcome == ShareOutcome.Linked)
        {
            snapshot.AddShared(entry);
        }
        else
        {
            snapshot.Add(entry);
        }

        return true;
    }

    private async Task StoreAsync(RepositoryItem item, string path, byte[] buffer, CancellationToken cancellation)
    {
        FileStream source;
        try
        {
            source = new FileStream(item.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.SequentialScan);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw RepositoryErrors.RepositoryFileNotReadable(item.Path, failure);
        }

        await using (source.ConfigureAwait(false))
        {
            SnapshotFile file = snapshot.CreateFile(path);
            await using (file.ConfigureAwait(false))
            {
                int read;
                while ((read = await ReadAsync(source, buffer, cancellation).ConfigureAwait(false)) > 0)
                {
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
                }

                string sha256 = file.Complete(flush: false);
                snapshot.Add(Describe(item, path) with { Size = file.Length, Sha256 = sha256 });
            }
        }
    }

    private static async ValueTask<int> ReadAsync(FileStream source, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await source.ReadAsync(buffer, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw RepositoryErrors.RepositoryFileNotReadable(source.Name, failure);
        }
    }

    private static SnapshotEntry Describe(RepositoryItem item, string path) => new()
    {
        Path = path,
        Kind = item.Kind,
        Source = item.Path,
        Mode = item.Mode,
        UserId = item.Owner,
        ModifiedAt = item.ModifiedAt,
        Stamp = item.Kind == SnapshotEntryKind.File ? item.Stamp : null,
    };

    /// <summary>Below <c>files/</c>, without the slash or the drive's colon at the begin.</summary>
    private static string StoredPath(string path) =>
        StoredName.For(Encoding.UTF8.GetBytes(path.Replace(Path.DirectorySeparatorChar, '/').TrimStart('/')));
}
