using System.Text.Json;
using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Engine.Backup.Verification;

/// <summary>Keeps the last verdict on each snapshot in <c>DEST/HOST/INSTANCE/.verdicts/</c>, so that the list can tell what was never tested.</summary>
internal static class VerdictStore
{
    /// <summary>The last verdict on exactly this manifest; null when there is none.</summary>
    public static async Task<StoredVerdict?> FindAsync(string folder, SnapshotId id, string manifestSha256, CancellationToken cancellation)
    {
        try
        {
            byte[] json = await File.ReadAllBytesAsync(PathOf(folder, id), cancellation).ConfigureAwait(false);
            StoredVerdict? verdict = JsonSerializer.Deserialize(json, BackupJson.Default.StoredVerdict);
            return verdict is not null && verdict.Snapshot == id.ToString() && verdict.ManifestSha256 == manifestSha256 ? verdict : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps a verdict, unless a deeper one that passed says more of the same manifest: a quick look takes no proof away.</summary>
    /// <returns>False where the destination can only be read: a test is worth the same there.</returns>
    public static async Task<bool> TryKeepAsync(string folder, SnapshotId id, StoredVerdict verdict, CancellationToken cancellation)
    {
        try
        {
            if (verdict.Passed && await FindAsync(folder, id, verdict.ManifestSha256, cancellation).ConfigureAwait(false) is { Passed: true } known
                && known.Level > verdict.Level)
            {
                return true;
            }

            PrivateFiles.CreateFolder(Path.Combine(folder, SnapshotLayout.VerdictFolder));
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(verdict, BackupJson.Default.StoredVerdict);
            await PrivateFiles.ReplaceAsync(PathOf(folder, id), json, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string PathOf(string folder, SnapshotId id) => Path.Combine(folder, SnapshotLayout.VerdictFolder, $"{id}.json");
}
