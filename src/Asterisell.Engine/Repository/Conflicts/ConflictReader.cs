using Asterisell.Engine.Repository.Git;
using Asterisell.Engine.Repository.Reach;
using Asterisell.Engine.Repository.State;

namespace Asterisell.Engine.Repository.Conflicts;

/// <summary>Describes files that git could not merge.</summary>
/// <param name="checkout">Checkout.</param>
/// <param name="fleet">Whose instances they may reach.</param>
internal sealed class ConflictReader(Checkout checkout, RepositoryFleet fleet)
{
    /// <summary>The conflicts that wait in the checkout, by path.</summary>
    public async Task<IReadOnlyList<AsterisellConflict>> ReadAsync(WorkingState state, CancellationToken cancellation)
    {
        // Without a merge under way, conflicts come from a stash that was applied: git's "ours" is then what was merged before.
        ConflictSource source = OperationProbe.IsMerging(checkout) ? ConflictSource.Commit : ConflictSource.LocalChange;
        List<AsterisellConflict> conflicts = [];
        foreach (UnmergedFile file in state.Unmerged)
        {
            FileInfo info = new(checkout.FullPath(file.Path));
            byte[] content = info is { Exists: true, LinkTarget: null, Length: <= BlobReader.MostBytes }
                ? await File.ReadAllBytesAsync(info.FullName, cancellation).ConfigureAwait(false)
                : [];
            conflicts.Add(await DescribeAsync(file, content, source, cancellation).ConfigureAwait(false));
        }

        return conflicts;
    }

    /// <summary>Describes one.</summary>
    /// <param name="file">Its versions.</param>
    /// <param name="content">The file with markers; empty where there is none.</param>
    /// <param name="source">Whose work is contradicted; decides which side is the operator's.</param>
    /// <param name="cancellation">Ends git.</param>
    public async Task<AsterisellConflict> DescribeAsync(UnmergedFile file, byte[] content, ConflictSource source, CancellationToken cancellation)
    {
        bool swapped = source == ConflictSource.LocalChange;
        return new AsterisellConflict
        {
            RepositoryPath = checkout.Root,
            Path = file.Path,
            Kind = swapped ? Swap(file.Kind) : file.Kind,
            Source = source,
            IsBinary = ConflictText.IsBinary(content),
            Hunks = ConflictText.Parse(content, file.Path, swapped),
            Instances = await fleet.ReachAsync(file.Path, file.Ours?.Object, file.Theirs?.Object, cancellation).ConfigureAwait(false),
        };
    }

    private static ConflictKind Swap(ConflictKind kind) => kind switch
    {
        ConflictKind.DeletedByUs => ConflictKind.DeletedByThem,
        ConflictKind.DeletedByThem => ConflictKind.DeletedByUs,
        ConflictKind.AddedByUs => ConflictKind.AddedByThem,
        ConflictKind.AddedByThem => ConflictKind.AddedByUs,
        _ => kind,
    };
}
