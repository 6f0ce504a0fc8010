using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>
/// Refuses a backup that can't fit, before anything is written: a disk that fills up in the middle takes the room of everything else on it.
/// What is needed is guessed low, so that none is refused that would have fitted; a disk that fills up all the same is named then.
/// </summary>
internal static class SpaceCheck
{
    /// <summary>Bytes of a database per byte of its compressed dump, at the best: 8 and more were never seen with call records.</summary>
    private const int BestCompression = 8;

    private const string DatabaseBytes = """
        SELECT CAST(IFNULL(SUM(DATA_LENGTH), 0) AS SIGNED) AS bytes FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()
        """;

    /// <summary>Compares what is free with what is needed.</summary>
    /// <param name="instance">What is to be backed up.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="newest">Newest snapshot there; null when there is none.</param>
    /// <param name="cancellation">Ends the questions.</param>
    /// <exception cref="AsterisellException"><c>BackupTargetTooSmall</c></exception>
    public static async Task RequireAsync(IInstance instance, InstanceFolder folder, SnapshotId? newest, CancellationToken cancellation)
    {
        if (FreeBytes(folder.Path) is not { } free)
        {
            return;
        }

        if (newest is { } id && await SizeOfAsync(Path.Combine(folder.Path, id.ToString()), cancellation).ConfigureAwait(false) is { } last)
        {
            if (free < last)
            {
                throw BackupErrors.BackupTargetTooSmall(folder.Target, folder.Path, free, last, $"as the snapshot {id} has");
            }
        }
        else if (await AskAsync(instance, cancellation).ConfigureAwait(false) is { } bytes && free < bytes / BestCompression)
        {
            throw BackupErrors.BackupTargetTooSmall(
                folder.Target, folder.Path, free, bytes / BestCompression, $"at the least for a database of {BackupErrors.Size(bytes)}");
        }
    }

    /// <summary>Null where nobody can tell, as for some network paths.</summary>
    private static long? FreeBytes(string path)
    {
        try
        {
            return new DriveInfo(path).AvailableFreeSpace;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private static async Task<long?> SizeOfAsync(string snapshot, CancellationToken cancellation)
    {
        ManifestReading reading = await ManifestFile.ReadAsync(snapshot, cancellation).ConfigureAwait(false);
        return reading.Manifest is { } manifest ? manifest.Listing.FilesSizeBytes + manifest.Listing.SizeBytes + reading.SizeBytes : null;
    }

    /// <summary>Bytes of all rows; null where the database does not answer, which the backup itself will tell better.</summary>
    private static async Task<long?> AskAsync(IInstance instance, CancellationToken cancellation)
    {
        try
        {
            await foreach (SqlRow row in instance.Database.QueryAsync(DatabaseBytes, null, cancellation).ConfigureAwait(false))
            {
                return row.Whole("bytes");
            }
        }
        catch (AsterisellException)
        {
            // See above.
        }

        return null;
    }
}
