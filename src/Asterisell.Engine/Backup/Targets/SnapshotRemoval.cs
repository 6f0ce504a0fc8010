using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Engine.Backup.Targets;

/// <summary>Takes a snapshot out of a folder: first it gets a hidden name, so that whoever looks sees it whole or not at all.</summary>
internal static class SnapshotRemoval
{
    /// <summary>Removes one; the caller made sure that nobody needs it.</summary>
    public static void Remove(string path, string target)
    {
        string folder = Path.GetDirectoryName(path)!;
        string hidden = Path.Combine(folder, SnapshotLayout.PartialPrefix + Path.GetFileName(path));
        using SnapshotLock exclusive = SnapshotLock.Take(folder, target, DateTimeOffset.UtcNow);
        try
        {
            if (Directory.Exists(hidden))
            {
                Directory.Delete(hidden, recursive: true);
            }

            Directory.Move(path, hidden);
            DurableStorage.FlushFolder(folder);
            Directory.Delete(hidden, recursive: true);
            File.Delete(Path.Combine(folder, SnapshotLayout.VerdictFolder, $"{Path.GetFileName(path)}.json"));
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody else removed it, or nothing of it was ever tested.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw BackupErrors.ForTarget(target, path, failure);
        }
    }
}
