using System.Text;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Tree;
using Asterisell.Engine.Backup.Verification;

namespace Asterisell.Engine.Backup.Targets.Stores;

/// <summary>What a target says it has, against a listing: every file, with its size.</summary>
internal sealed class CopyCheck
{
    private const long Unknown = long.MinValue;

    private readonly Dictionary<NameKey, long> _there = [];

    /// <summary>Takes a file that the target has; its size null where the target does not tell it.</summary>
    public void Add(string path, long? size) => _there[KeyOf(path)] = size ?? Unknown;

    /// <summary>The size of a file that the target has; null when it has none.</summary>
    public long? Find(string path) => _there.TryGetValue(KeyOf(path), out long size) ? size : null;

    /// <summary>Compares with the listing of a local folder; after the last file.</summary>
    public async Task CompareAsync(string folder, FindingList findings, CancellationToken cancellation)
    {
        int known = 0;
        await foreach (SnapshotEntry entry in ReadAsync(folder, cancellation).ConfigureAwait(false))
        {
            if (entry.Kind != SnapshotEntryKind.File)
            {
                continue;
            }

            if (Find(entry.Path) is not { } size)
            {
                findings.Fail(entry.Path, "the file is missing");
                continue;
            }

            known++;
            if (size != entry.Size && size != Unknown)
            {
                findings.Fail(entry.Path, "its size is wrong", entry.Size, size);
            }
        }

        string[] own = [SnapshotLayout.Manifest, SnapshotLayout.ManifestChecksum, SnapshotLayout.Listing];
        int strange = _there.Count - known - own.Count(name => Find(name) is not null);
        if (strange > 0)
        {
            findings.Remark(string.Empty, $"{strange} files are not in the listing");
        }
    }

    /// <summary>The entries of a snapshot's listing; what leads out of it is refused.</summary>
    public static async IAsyncEnumerable<SnapshotEntry> ReadAsync(
        string folder, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        FileStream listing = File.OpenRead(Path.Combine(folder, SnapshotLayout.Listing));
        await using (listing.ConfigureAwait(false))
        {
            await foreach (SnapshotEntry entry in FileListing.ReadAsync(listing, cancellation).ConfigureAwait(false))
            {
                yield return SnapshotPath.IsSafe(entry.Path) ? entry : throw new InvalidDataException($"an entry leads out of the snapshot: '{entry.Path}'");
            }
        }
    }

    private static NameKey KeyOf(string path) => NameKey.Of(Encoding.UTF8.GetBytes(path));
}
