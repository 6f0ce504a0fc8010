using System.Text;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Repository.Conflicts;
using Asterisell.Engine.Repository.Git;
using Asterisell.Engine.Repository.Reach;
using Asterisell.Engine.Repository.State;

namespace Asterisell.Engine.Repository.Merging;

/// <summary>How a merge would end, found out in memory.</summary>
internal sealed record MergePreview
{
    /// <summary>Commit of the branch.</summary>
    public required string Before { get; init; }

    /// <summary>Commit that would be merged.</summary>
    public required string Incoming { get; init; }

    /// <summary>True where there is nothing to merge.</summary>
    public bool IsUnchanged { get; init; }

    /// <summary>True where the branch has no commits of its own.</summary>
    public bool IsFastForward { get; init; }

    /// <summary>Tree after the merge, conflicts with markers.</summary>
    public string Tree { get; init; } = "";

    /// <summary>Commits that come in, newest first.</summary>
    public IReadOnlyList<RepositoryCommit> Commits { get; init; } = [];

    /// <summary>Files that change on the branch.</summary>
    public IReadOnlyList<TreeChange> Changes { get; init; } = [];

    /// <summary>Conflicts that are foreseen.</summary>
    public IReadOnlyList<AsterisellConflict> Conflicts { get; init; } = [];

    /// <summary>Files of the operator that stand in the way.</summary>
    public IReadOnlyList<string> InTheWay { get; init; } = [];

    /// <summary>Version after the merge; null without.</summary>
    public string? Version { get; init; }

    /// <summary>Instances that are reached.</summary>
    public IReadOnlyList<string> Instances { get; init; } = [];

    /// <summary>Merges in memory.</summary>
    /// <param name="checkout">Checkout, on a branch, with nothing under way.</param>
    /// <param name="state">How it is.</param>
    /// <param name="upstream">Where new versions come from.</param>
    /// <param name="fleet">Whose instances may be reached.</param>
    /// <param name="cancellation">Ends git.</param>
    /// <exception cref="AsterisellException"><c>UpstreamGone</c>, <c>HistoryNotShared</c>, <c>HistoryIsShallow</c>.</exception>
    public static async Task<MergePreview> MakeAsync(Checkout checkout, WorkingState state, Upstream upstream, RepositoryFleet fleet, CancellationToken cancellation)
    {
        string incoming = await checkout.FindCommitAsync(upstream.Reference, cancellation).ConfigureAwait(false)
            ?? throw GitErrors.UpstreamGone(checkout.Root, upstream.Name);
        GitOutput common = await checkout.Git.RunAsync(["merge-base", state.Commit!, incoming], cancellation).ConfigureAwait(false);
        if (!common.Succeeded)
        {
            throw checkout.Has("shallow") ? GitErrors.HistoryIsShallow(checkout.Root, upstream.Name) : GitErrors.HistoryNotShared(checkout.Root, upstream.Name);
        }

        MergePreview preview = new() { Before = state.Commit!, Incoming = incoming, IsUnchanged = common.Text == incoming, IsFastForward = common.Text == state.Commit };
        return preview.IsUnchanged ? preview : await preview.MergeAsync(checkout, state, fleet, cancellation).ConfigureAwait(false);
    }

    private async Task<MergePreview> MergeAsync(Checkout checkout, WorkingState state, RepositoryFleet fleet, CancellationToken cancellation)
    {
        MergedTree merged = await MergeTreeReader.MergeAsync(checkout, Before, Incoming, cancellation).ConfigureAwait(false);
        ConflictReader reader = new(checkout, fleet);
        IReadOnlyList<AsterisellConflict> conflicts = await DescribeAsync(checkout, reader, merged, ConflictSource.Commit, cancellation).ConfigureAwait(false);
        if (conflicts.Count == 0 && state.Changes.Count > 0)
        {
            MergedTree local = await LocalTree.MergeAsync(checkout, merged.Tree, cancellation).ConfigureAwait(false);
            conflicts = await DescribeAsync(checkout, reader, local, ConflictSource.LocalChange, cancellation).ConfigureAwait(false);
        }

        IReadOnlyList<TreeChange> changes = await TreeChange.CompareAsync(checkout, Before, merged.Tree, cancellation).ConfigureAwait(false);
        byte[]? version = await BlobReader.ReadAsync(checkout, merged.Tree, "VERSION", cancellation).ConfigureAwait(false);
        return this with
        {
            Tree = merged.Tree,
            Commits = await IncomingCommits.ReadAsync(checkout, [$"{Before}..{Incoming}"], cancellation).ConfigureAwait(false),
            Changes = changes,
            Conflicts = conflicts,
            InTheWay = await FilesInTheWay.FindAsync(checkout, changes, cancellation).ConfigureAwait(false),
            Version = version is null ? null : EngineText.OneLine(Encoding.UTF8.GetString(version).Split('\n')[0]),
            Instances = await ReachAsync(fleet, changes, conflicts, cancellation).ConfigureAwait(false),
        };
    }

    private static async Task<IReadOnlyList<AsterisellConflict>> DescribeAsync(
        Checkout checkout, ConflictReader reader, MergedTree merged, ConflictSource source, CancellationToken cancellation)
    {
        List<AsterisellConflict> conflicts = [];
        foreach (UnmergedFile file in merged.Unmerged)
        {
            byte[] content = file is { Ours: { IsSubmodule: false }, Theirs: { IsSubmodule: false } }
                ? await BlobReader.ReadAsync(checkout, merged.Tree, file.Path, cancellation).ConfigureAwait(false) ?? []
                : [];
            conflicts.Add(await reader.DescribeAsync(file, content, source, cancellation).ConfigureAwait(false) with { IsForeseen = true });
        }

        return conflicts;
    }

    private static async Task<IReadOnlyList<string>> ReachAsync(
        RepositoryFleet fleet, IReadOnlyList<TreeChange> changes, IReadOnlyList<AsterisellConflict> conflicts, CancellationToken cancellation)
    {
        HashSet<string> reached = [.. conflicts.SelectMany(conflict => conflict.Instances)];
        foreach (TreeChange change in changes)
        {
            reached.UnionWith(await fleet.ReachAsync(change.Path, change.Before?.Object, change.After?.Object, cancellation).ConfigureAwait(false));
        }

        return [.. reached.Order(StringComparer.Ordinal)];
    }
}
