using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Engine.Backup.Repository;

/// <summary>Files of an earlier snapshot that did not change since, by their path and stamp; they are shared and not stored again.</summary>
internal sealed class RepositoryEarlier
{
    /// <summary>A file that was changed so shortly before it was stored may have changed once more within the same tick of its clock.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, SnapshotEntry> _files = new(StringComparer.Ordinal);

    /// <summary>Folder of that snapshot; null where nothing is shared.</summary>
    public string? Path { get; private init; }

    /// <summary>Looks for one, under the lock of the folder. One that a newer damaged snapshot shares files with is not used.</summary>
    public static async Task<RepositoryEarlier> FindAsync(InstanceFolder folder, Action<string> note, CancellationToken cancellation)
    {
        if (await EarlierSnapshot.FindAsync(folder, note, cancellation).ConfigureAwait(false) is not { Suspect: false } found)
        {
            return new RepositoryEarlier();
        }

        RepositoryEarlier earlier = new() { Path = found.Path };
        FileStream listing = File.OpenRead(System.IO.Path.Combine(found.Path, SnapshotLayout.Listing));
        await using (listing.ConfigureAwait(false))
        {
            try
            {
                await foreach (SnapshotEntry entry in FileListing.ReadAsync(listing, cancellation).ConfigureAwait(false))
                {
                    if (entry is { Kind: SnapshotEntryKind.File, Source: { } source, Stamp: not null, ModifiedAt: { } modified } && SnapshotPath.IsSafe(entry.Path)
                        && modified < found.Manifest.StartedAt - Margin)
                    {
                        earlier._files[source] = entry;
                    }
                }
            }
            catch (InvalidDataException broken)
            {
                note($"Nothing is shared with the snapshot {found.Id}: its listing is damaged ({broken.Message}).");
                return new RepositoryEarlier();
            }
        }

        return earlier;
    }

    /// <summary>The stored file of a path that has not changed; null where there is none.</summary>
    public SnapshotEntry? Find(RepositoryItem item, string path) =>
        _files.GetValueOrDefault(item.Path) is { } entry && entry.Stamp == item.Stamp && entry.Size == item.Size && entry.Path == path ? entry : null;
}
