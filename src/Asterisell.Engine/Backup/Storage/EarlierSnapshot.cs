using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Verification;

namespace Asterisell.Engine.Backup.Storage;

/// <summary>The newest snapshot of an instance that a new one may share files with.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Path">Its folder.</param>
/// <param name="Reading">Its manifest, and how large that is.</param>
/// <param name="Suspect">
/// True where a newer one is damaged or failed its test: what they share may be damaged here too, so each file must be hashed before it is
/// shared.
/// </param>
internal sealed record EarlierSnapshot(SnapshotId Id, string Path, ManifestReading Reading, bool Suspect)
{
    public SnapshotManifest Manifest => Reading.Manifest!;

    /// <summary>Looks from the newest to the oldest; under the lock of the folder.</summary>
    /// <param name="folder">Of the instance.</param>
    /// <param name="note">Told which newer snapshots can't be used, and why.</param>
    /// <param name="cancellation">Ends the looking.</param>
    /// <returns>Null where there is none.</returns>
    public static async Task<EarlierSnapshot?> FindAsync(InstanceFolder folder, Action<string> note, CancellationToken cancellation)
    {
        bool suspect = false;
        foreach (SnapshotId id in folder.FindSnapshots().OrderDescending())
        {
            string path = System.IO.Path.Combine(folder.Path, id.ToString());
            ManifestReading reading = await ManifestFile.ReadAsync(path, cancellation).ConfigureAwait(false);
            if (await WhyNotAsync(folder, id, reading, cancellation).ConfigureAwait(false) is not { } why)
            {
                return new EarlierSnapshot(id, path, reading, suspect);
            }

            note($"Nothing is shared with the snapshot {id}: {why}.");
            suspect = true;
        }

        return null;
    }

    private static async Task<string?> WhyNotAsync(InstanceFolder folder, SnapshotId id, ManifestReading reading, CancellationToken cancellation)
    {
        if (reading.Manifest is not { } manifest)
        {
            return reading.Damage!.ToString().TrimEnd('.');
        }

        if (ManifestRules.WhyMisplaced(manifest, folder.HostName, folder.Name, id.ToString()) is { } misplaced)
        {
            return misplaced.ToString().TrimEnd('.');
        }

        StoredVerdict? verdict = await VerdictStore.FindAsync(folder.Path, id, reading.Sha256, cancellation).ConfigureAwait(false);
        return verdict is { Passed: false } ? "its last test failed" : null;
    }
}
