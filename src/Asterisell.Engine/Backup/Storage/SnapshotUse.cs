namespace Asterisell.Engine.Backup.Storage;

/// <summary>
/// Somebody reads a snapshot: as long as this lives, no other run removes it. Any number may read at once. The system drops it when its process
/// dies, however it dies.
/// </summary>
/// <remarks>
/// A shared lock of the listing, which whoever removes the snapshot must have alone; so nothing is written where one may only read. A file system
/// without file locks (some network ones) lets both go on, and the reading fails then.
/// </remarks>
internal sealed class SnapshotUse : IDisposable
{
    private readonly FileStream? _listing;

    private SnapshotUse(FileStream? listing) => _listing = listing;

    /// <summary>Begins to read.</summary>
    /// <param name="backup">A snapshot in a folder of this machine; one that is damaged so much that it has no listing is no failure here.</param>
    /// <exception cref="AsterisellException"><c>BackupBeingRemoved</c>.</exception>
    public static SnapshotUse Begin(AsterisellBackup backup)
    {
        try
        {
            return new SnapshotUse(TryOpen(backup.Path, FileShare.Read));
        }
        catch (IOException busy) when (SnapshotLock.IsSharingViolation(busy))
        {
            throw BackupErrors.BackupBeingRemoved(backup.ToString(), backup.Path);
        }
    }

    /// <summary>Claims a snapshot for its removal: from now on nobody begins to read it.</summary>
    /// <param name="path">Its folder, or what a killed run left.</param>
    /// <exception cref="AsterisellException"><c>BackupInUse</c>.</exception>
    public static SnapshotUse Claim(string path)
    {
        try
        {
            return new SnapshotUse(TryOpen(path, FileShare.None));
        }
        catch (IOException busy) when (SnapshotLock.IsSharingViolation(busy))
        {
            throw BackupErrors.BackupInUse(path);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listing?.Dispose();

    /// <summary>Null where there is nothing to lock.</summary>
    private static FileStream? TryOpen(string path, FileShare share)
    {
        try
        {
            return new FileStream(Path.Combine(path, SnapshotLayout.Listing), FileMode.Open, FileAccess.Read, share, bufferSize: 0);
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
