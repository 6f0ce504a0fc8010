using Asterisell.Engine.Repository.Git;
using Asterisell.Engine.Repository.Journal;
using Asterisell.Engine.Repository.State;

namespace Asterisell.Engine.Repository;

/// <summary>Aborts an update that waits for decisions or was killed: the state before it comes back.</summary>
public sealed class RepositoryUndoer(TimeProvider clock)
{
    /// <summary>What would be undone, in one sentence.</summary>
    /// <exception cref="AsterisellException"><c>NothingToUndo</c>, <c>UndoNotPossible</c>.</exception>
    public static async Task<string> DescribeAsync(string path, CheckoutOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        Checkout checkout = await Checkout.OpenAsync(path, options.IsInteractive, cancellation).ConfigureAwait(false);
        UpdateRecord? record = await FindAsync(checkout, cancellation).ConfigureAwait(false);
        return record is null
            ? "Abort the merge that is under way"
            : $"Bring back commit {record.Before[..8]} and {record.Files.Count} uncommitted file{(record.Files.Count == 1 ? "" : "s")} from before the update of {record.BegunAt.ToLocalTime():yyyy-MM-dd HH:mm:ss}";
    }

    /// <summary>Brings the state before back.</summary>
    /// <param name="path">Folder in the checkout.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Heeded before the first step alone.</param>
    /// <exception cref="AsterisellException"><c>NothingToUndo</c>, <c>UndoNotPossible</c>, <c>UndoIncomplete</c>, <c>RepositoryLocked</c>, <c>RepositoryBusy</c>.</exception>
    public async Task<RepositoryUndo> UndoAsync(string path, CheckoutOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        Checkout checkout = await Checkout.OpenAsync(path, options.IsInteractive, cancellation).ConfigureAwait(false);
        using RepositoryLock mine = RepositoryLock.Take(checkout);
        UpdateRecord? record = await FindAsync(checkout, cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return record is null
            ? await AbortAsync(checkout).ConfigureAwait(false)
            : await new StateBefore(checkout, record, clock).BringBackAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>The journal in force; null for a merge that the operator began by git itself.</summary>
    private static async Task<UpdateRecord?> FindAsync(Checkout checkout, CancellationToken cancellation)
    {
        UpdateRecord? record = await UpdateJournal.ReadAsync(checkout, cancellation).ConfigureAwait(false);
        if (record is not null && !await UpdateJournal.IsFinishedAsync(checkout, record, cancellation).ConfigureAwait(false))
        {
            return record;
        }

        WorkingState state = await StatusReader.ReadAsync(checkout, cancellation).ConfigureAwait(false);
        return OperationProbe.IsMerging(checkout) ? null
            : state.Unmerged.Count > 0
                ? throw GitErrors.UndoNotPossible(checkout.Root, "the conflicts come from no update and no merge, but from something like git stash pop; git reset, or a decision for each file, ends them")
                : throw GitErrors.NothingToUndo(checkout.Root);
    }

    /// <summary>Aborts a merge of the operator's own, by git; what was edited meanwhile is kept.</summary>
    private async Task<RepositoryUndo> AbortAsync(Checkout checkout)
    {
        checkout.RequireUnlocked();
        KeptFiles kept = new(checkout, clock.GetUtcNow());
        foreach (string path in await EditedSince.FindAsync(checkout, EditedSince.TreesOf(checkout), CancellationToken.None).ConfigureAwait(false))
        {
            await kept.KeepAsync(path, CancellationToken.None).ConfigureAwait(false);
        }

        await checkout.Git.RequireAsync(["merge", "--abort"], CancellationToken.None).ConfigureAwait(false);
        WorkingState state = await StatusReader.ReadAsync(checkout, CancellationToken.None).ConfigureAwait(false);
        return new RepositoryUndo
        {
            RepositoryPath = checkout.Root,
            Branch = state.Branch ?? "",
            Commit = state.Commit!,
            LocalChanges = [.. state.Changes.Select(change => change.Path)],
            KeptPath = kept.Folder,
            Kept = kept.Paths,
        };
    }
}
