using Asterisell.Engine.Repository.Git;
using Asterisell.Engine.Repository.Journal;
using Asterisell.Engine.Repository.State;

namespace Asterisell.Engine.Repository;

/// <summary>Looks at a checkout and changes nothing, not even git's index.</summary>
public static class RepositoryInspector
{
    /// <summary>How a checkout is now.</summary>
    /// <param name="path">Folder in it, such as the one that an instance's application is taken from.</param>
    /// <param name="cancellation">Ends git.</param>
    /// <exception cref="AsterisellException"><c>FolderNotFound</c>, <c>RepositoryNotFound</c>, <c>RepositoryIsBare</c>, <c>RepositoryNotTrusted</c>, <c>GitMissing</c>, <c>GitFailed</c>.</exception>
    public static async Task<RepositoryState> InspectAsync(string path, CancellationToken cancellation)
    {
        Checkout checkout = await Checkout.OpenAsync(path, interactive: false, cancellation).ConfigureAwait(false);
        WorkingState state = await StatusReader.ReadAsync(checkout, cancellation).ConfigureAwait(false);
        return await DescribeAsync(checkout, state, path, cancellation).ConfigureAwait(false);
    }

    internal static async Task<RepositoryState> DescribeAsync(Checkout checkout, WorkingState state, string asked, CancellationToken cancellation)
    {
        UpdateRecord? interrupted = await UpdateJournal.FindInterruptedAsync(checkout, state, cancellation).ConfigureAwait(false);
        string? operation = OperationProbe.FindOther(checkout);
        return new RepositoryState
        {
            Path = checkout.Root,
            Commit = state.Commit,
            Branch = state.Branch,
            Changes = state.Changes,
            Untracked = state.Untracked,
            Conflicts = [.. state.Unmerged.Select(file => file.Path)],
            Version = VersionFile.Read(asked) ?? VersionFile.Read(checkout.Root),
            InterruptedAt = interrupted?.BegunAt,
            Operation = operation,
            Status = interrupted is not null ? RepositoryStatus.Interrupted
                : state.Unmerged.Count > 0 ? RepositoryStatus.Conflicted
                : operation is not null ? RepositoryStatus.Occupied
                : OperationProbe.IsMerging(checkout) ? RepositoryStatus.Merging
                : state.Changes.Count + state.Untracked.Count > 0 ? RepositoryStatus.Changed
                : RepositoryStatus.Clean,
        };
    }
}
