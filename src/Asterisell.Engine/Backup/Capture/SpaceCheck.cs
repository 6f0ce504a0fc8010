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
    /// <param name="earlier">Newest usable snapshot there; null when there is none.</param>
    /// <param name="cancellation">Ends the questions.</param>
    /// <returns><c>BackupTargetTooSmall</c>; null where there is room.</returns>
    public static async Task<AsterisellException?> FindLackAsync(
        IInstance instance, InstanceFolder folder, EarlierSnapshot? earlier, CancellationToken cancellation)
    {
        if (FreeBytes(folder.Path) is not { } free)
        {
            return null;
        }

        if (earlier is not null)
        {
            long needed = ExpectAfter(earlier);
            return free < needed
                ? BackupErrors.BackupTargetTooSmall(folder.Target, folder.Path, free, needed, $"by what the snapshot {earlier.Id} has")
                : null;
        }

        return await AskAsync(instance, cancellation).ConfigureAwait(false) is { } bytes && free < bytes / BestCompression
            ? BackupErrors.BackupTargetTooSmall(
                folder.Target, folder.Path, free, bytes / BestCompression, $"at the least for a database of {BackupErrors.Size(bytes)}")
            : null;
    }

    /// <summary>New bytes of the next snapshot: as many as the last one had that shared anything; else all but the container's files.</summary>
    private static long ExpectAfter(EarlierSnapshot earlier)
    {
        ManifestListing listing = earlier.Manifest.Listing;
        long shared = listing.SharedBytes > 0 ? listing.SharedBytes : earlier.Manifest.Sources.Sum(source => source.SizeBytes);
        return listing.FilesSizeBytes - shared + listing.SizeBytes + earlier.Reading.SizeBytes;
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
