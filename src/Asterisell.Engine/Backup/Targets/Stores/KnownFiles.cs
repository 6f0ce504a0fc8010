using System.Text;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Tree;

namespace Asterisell.Engine.Backup.Targets.Stores;

/// <summary>The files of an earlier listing, by path: a hundred thousand cost some megabytes.</summary>
internal sealed class KnownFiles
{
    private readonly Dictionary<NameKey, NameKey> _content = [];

    /// <summary>Nothing is known.</summary>
    public static KnownFiles None { get; } = new();

    /// <summary>Reads a listing; one that is broken or cut off tells nothing.</summary>
    /// <param name="folder">Local folder with <c>files.jsonl</c>.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<KnownFiles> ReadAsync(string folder, CancellationToken cancellation)
    {
        KnownFiles known = new();
        try
        {
            await foreach (SnapshotEntry entry in CopyCheck.ReadAsync(folder, cancellation).ConfigureAwait(false))
            {
                if (entry is { Kind: SnapshotEntryKind.File, Sha256: not null })
                {
                    known._content[NameKey.Of(Encoding.UTF8.GetBytes(entry.Path))] = ContentOf(entry);
                }
            }

            return known;
        }
        catch (InvalidDataException)
        {
            return None;
        }
    }

    /// <summary>True when it had a file of that path with that content.</summary>
    public bool Has(SnapshotEntry entry) =>
        _content.TryGetValue(NameKey.Of(Encoding.UTF8.GetBytes(entry.Path)), out NameKey content) && content == ContentOf(entry);

    private static NameKey ContentOf(SnapshotEntry entry) => NameKey.Of(Encoding.ASCII.GetBytes($"{entry.Size} {entry.Sha256}"));
}
