using System.Security.Cryptography;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Targets.Stores;
using Asterisell.Engine.Backup.Verification;

namespace Asterisell.Engine.Backup.Targets;

/// <summary>Checks manifest and listing of a snapshot against each other, without its files.</summary>
internal static class SnapshotPapers
{
    /// <summary>Tells what is wrong with them.</summary>
    /// <returns>SHA-256 of the manifest and the bytes read; nothing where there is none to believe.</returns>
    public static async Task<(string Sha256, long Bytes)> CheckAsync(string folder, SnapshotName name, FindingList findings, CancellationToken cancellation)
    {
        ManifestReading reading = await ManifestFile.ReadAsync(folder, cancellation).ConfigureAwait(false);
        if (reading.Manifest is not { } manifest)
        {
            findings.Add(reading.Damage!);
            return (string.Empty, 0);
        }

        if (ManifestRules.WhyMisplaced(manifest, name.Host, name.Instance, name.Id) is { } misplaced)
        {
            findings.Add(misplaced);
        }

        ManifestRules.Check(manifest, findings);
        FileInfo listing = new(Path.Combine(folder, SnapshotLayout.Listing));
        if (!listing.Exists)
        {
            findings.Fail(SnapshotLayout.Listing, "the listing of all files is missing");
            return (reading.Sha256, reading.SizeBytes);
        }

        FileStream stream = listing.OpenRead();
        await using (stream.ConfigureAwait(false))
        {
            string sha256 = Convert.ToHexString(await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false)).ToLowerInvariant();
            if (sha256 != manifest.Listing.Sha256)
            {
                findings.Fail(SnapshotLayout.Listing, "its content is not what was written (SHA-256)", manifest.Listing.Sha256, sha256);
            }
        }

        return (reading.Sha256, reading.SizeBytes + listing.Length);
    }
}
