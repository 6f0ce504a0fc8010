using Asterisell.Engine.Inventory;

namespace Asterisell.Engine.Backup.Storage;

/// <summary>
/// Takes snapshots out of a folder in two steps: a hidden name, flushed to the disk, then the files. Killed in between, nothing half-removed
/// is ever seen, and the next removal goes on.
/// </summary>
internal static class SnapshotRemoval
{
    /// <summary>Both steps for one snapshot; the caller made sure that nobody needs it.</summary>
    /// <exception cref="AsterisellException"><c>BackupAlreadyRunning</c>, <c>BackupInUse</c>, and what the file system says.</exception>
    public static void Remove(string path, string target, CancellationToken cancellation)
    {
        try
        {
            string? hidden;
            using (SnapshotLock.Take(Path.GetDirectoryName(path)!, target, DateTimeOffset.UtcNow))
            {
                hidden = Hide(path);
            }

            if (hidden is not null)
            {
                Delete(hidden, cancellation);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw BackupErrors.ForTarget(target, path, failure);
        }
    }

    /// <summary>First step, under the lock of the folder: from now on it is not listed. Quick, whatever its size.</summary>
    /// <param name="path">Folder of a snapshot, or of an unfinished one.</param>
    /// <returns>Its hidden folder; null where it is gone already.</returns>
    /// <exception cref="AsterisellException"><c>BackupInUse</c>.</exception>
    public static string? Hide(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        string name = Path.GetFileName(path);
        string hidden = name.StartsWith(SnapshotLayout.RemovingPrefix, StringComparison.Ordinal)
            ? path
            : Path.Combine(folder, SnapshotLayout.RemovingPrefix + (name.StartsWith(SnapshotLayout.PartialPrefix, StringComparison.Ordinal)
                ? name[SnapshotLayout.PartialPrefix.Length..]
                : name));
        if (hidden == path)
        {
            return path;
        }

        while (Path.Exists(hidden))
        {
            hidden += "-";
        }

        using SnapshotUse alone = SnapshotUse.Claim(path);
        try
        {
            Directory.Move(path, hidden);
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }

        DurableStorage.FlushFolder(folder);
        return hidden;
    }

    /// <summary>Second step; needs no lock, and two that do it at once do no harm.</summary>
    /// <param name="hidden">What <see cref="Hide"/> gave.</param>
    /// <param name="cancellation">Ends it; the next removal goes on.</param>
    /// <returns>Bytes of the files that had no other name: what the disk got back.</returns>
    public static long Delete(string hidden, CancellationToken cancellation)
    {
        string name = Path.GetFileName(hidden)[SnapshotLayout.RemovingPrefix.Length..].TrimEnd('-');
        long freed = DeleteTree(new DirectoryInfo(hidden), cancellation);
        string folder = Path.GetDirectoryName(hidden)!;
        if (!Directory.Exists(Path.Combine(folder, name)) && Directory.Exists(Path.Combine(folder, SnapshotLayout.VerdictFolder)))
        {
            File.Delete(Path.Combine(folder, SnapshotLayout.VerdictFolder, $"{name}.json"));
        }

        return freed;
    }

    /// <summary>Removals that were interrupted.</summary>
    public static IReadOnlyList<string> FindHidden(string folder) =>
        Directory.Exists(folder) ? Directory.GetDirectories(folder, SnapshotLayout.RemovingPrefix + "*") : [];

    private static long DeleteTree(DirectoryInfo folder, CancellationToken cancellation)
    {
        long freed = 0;
        try
        {
            foreach (FileSystemInfo found in folder.EnumerateFileSystemInfos())
            {
                cancellation.ThrowIfCancellationRequested();
                if (found is DirectoryInfo below && (found.Attributes & FileAttributes.ReparsePoint) == 0)
                {
                    freed += DeleteTree(below, cancellation);
                }
                else
                {
                    freed += FreedBy(found);
                    File.Delete(found.FullName);
                }
            }

            folder.Delete();
        }
        catch (Exception gone) when (gone is DirectoryNotFoundException or FileNotFoundException)
        {
            // Another removal was quicker.
        }

        return freed;
    }

    /// <summary>Counted at the moment of its removal, so a file with several names in the same snapshot counts once.</summary>
    private static long FreedBy(FileSystemInfo found) =>
        (found.Attributes & FileAttributes.ReparsePoint) != 0 ? 0
        : UnixFile.Find(found.FullName) is not { } file ? ((FileInfo)found).Length
        : file is { IsRegular: true, Links: 1 } ? file.Length : 0;
}
