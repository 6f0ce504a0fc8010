using System.Security.Cryptography;
using System.Text;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Tree;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>Stored files that a new snapshot may take instead of reading them in the container: of an earlier snapshot, or of a killed run.</summary>
internal sealed class EarlierFiles : IDisposable
{
    private readonly string _folder;
    private readonly SharedTree _tree;
    private readonly ListingIndex _index;

    private EarlierFiles(string folder, string into, ListingIndex index)
    {
        (_folder, _index) = (folder, index);
        _tree = new SharedTree(folder, into);
    }

    /// <summary>The snapshot, as messages name it.</summary>
    public string Name => Path.GetFileName(_folder).Replace(SnapshotLayout.PartialPrefix, string.Empty, StringComparison.Ordinal);

    /// <summary>True for what a killed run left: it was never whole, and goes when this run ends.</summary>
    public bool IsPartial { get; private init; }

    /// <summary>When its files were listed in the container; null where its stamps prove nothing.</summary>
    public DateTimeOffset? ListedAt { get; private init; }

    /// <summary>Files taken.</summary>
    public long Files { get; private set; }

    /// <summary>Their bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Files of it that were copied because they could not be linked.</summary>
    public long Copies { get; private set; }

    /// <summary>Why; null where none was.</summary>
    public string? WhyCopied => _tree.WhyCopied;

    /// <summary>Files that are not as they are listed.</summary>
    public long Damaged { get; private set; }

    /// <summary>The line that was found last.</summary>
    public ListedLine Line => _index.Line;

    /// <summary>Its bytes.</summary>
    public ReadOnlySpan<byte> Text => _index.Text;

    private bool MustHash { get; init; }

    /// <summary>Those of a whole snapshot.</summary>
    /// <exception cref="InvalidDataException">Its listing is damaged.</exception>
    public static EarlierFiles Of(EarlierSnapshot snapshot, string into, CancellationToken cancellation)
    {
        string listing = Path.Combine(snapshot.Path, SnapshotLayout.Listing);
        return new EarlierFiles(snapshot.Path, into, ListingIndex.Open(listing, snapshot.Manifest.Listing.Sha256, cancellation))
        {
            ListedAt = snapshot.Manifest.Listing.FilesListedAt,
            MustHash = snapshot.Suspect,
        };
    }

    /// <summary>Those of a killed run. It flushed nothing to the disk: each file is hashed before it is taken.</summary>
    public static EarlierFiles OfPartial(string folder, string into, CancellationToken cancellation)
    {
        string listing = Path.Combine(folder, SnapshotLayout.Listing);
        return new EarlierFiles(folder, into, ListingIndex.Open(listing, sha256: null, cancellation)) { IsPartial = true, MustHash = true };
    }

    /// <summary>Looks for what has a name; <see cref="Line"/> and <see cref="Text"/> tell of it then.</summary>
    public bool TryFind(NameKey name) => _index.TryFind(name);

    /// <summary>Gives the new snapshot the file of <see cref="Line"/>, under the same path.</summary>
    public ShareOutcome Take()
    {
        ShareOutcome outcome = MustHash && !HasItsHash() ? ShareOutcome.Unusable : _tree.Share(Line.Path, Line.Size);
        switch (outcome)
        {
            case ShareOutcome.Unusable:
                Damaged++;
                break;
            case ShareOutcome.Copied:
                Copies++;
                goto case ShareOutcome.Linked;
            case ShareOutcome.Linked:
                Files++;
                Bytes += Line.Size;
                break;
            default:
                break;
        }

        return outcome;
    }

    /// <inheritdoc/>
    public void Dispose() => _index.Dispose();

    private bool HasItsHash()
    {
        try
        {
            using FileStream file = File.OpenRead(SnapshotPath.Combine(_folder, Encoding.UTF8.GetString(Line.Path)));
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(file, hash);
            return Line.Sha256.SequenceEqual(Encoding.ASCII.GetBytes(Convert.ToHexString(hash).ToLowerInvariant()));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
