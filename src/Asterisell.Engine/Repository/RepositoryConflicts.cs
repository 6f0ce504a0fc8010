using Asterisell.Engine.Repository.Conflicts;
using Asterisell.Engine.Repository.Git;
using Asterisell.Engine.Repository.Journal;
using Asterisell.Engine.Repository.Reach;
using Asterisell.Engine.Repository.State;

namespace Asterisell.Engine.Repository;

/// <summary>The conflicts that wait in a checkout, and their end.</summary>
public sealed class RepositoryConflicts(TimeProvider clock)
{
    /// <summary>The conflicts, by path.</summary>
    /// <param name="path">Folder in the checkout.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends git.</param>
    public static async Task<IReadOnlyList<AsterisellConflict>> ListAsync(string path, CheckoutOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        Checkout checkout = await Checkout.OpenAsync(path, options.IsInteractive, cancellation).ConfigureAwait(false);
        WorkingState state = await StatusReader.ReadAsync(checkout, cancellation).ConfigureAwait(false);
        RepositoryFleet fleet = await RepositoryFleet.ReadAsync(checkout, options.InventoryPath, cancellation).ConfigureAwait(false);
        return await new ConflictReader(checkout, fleet).ReadAsync(state, cancellation).ConfigureAwait(false);
    }

    /// <summary>Decides one.</summary>
    /// <param name="conflict">As listed.</param>
    /// <param name="choice">How.</param>
    /// <param name="options">How git is run.</param>
    /// <param name="cancellation">Heeded before the first step alone.</param>
    /// <returns>True where it was the last of uncommitted work: git's stash still holds that work as it was.</returns>
    /// <exception cref="AsterisellException"><c>ConflictMissing</c>, <c>MarkersLeft</c>, <c>SideMissing</c>, <c>RepositoryBusy</c>, <c>RepositoryLocked</c>.</exception>
    public async Task<bool> ResolveAsync(AsterisellConflict conflict, ConflictChoice choice, CheckoutOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(conflict);
        ArgumentNullException.ThrowIfNull(options);
        Checkout checkout = await Checkout.OpenAsync(conflict.RepositoryPath, options.IsInteractive, cancellation).ConfigureAwait(false);
        using RepositoryLock mine = RepositoryLock.Take(checkout);
        checkout.RequireUnlocked();
        WorkingState state = await StatusReader.ReadAsync(checkout, cancellation).ConfigureAwait(false);
        UnmergedFile file = state.Unmerged.FirstOrDefault(one => one.Path == conflict.Path) ?? throw GitErrors.ConflictMissing(checkout.Root, conflict.Path);
        ConflictSource source = OperationProbe.IsMerging(checkout) ? ConflictSource.Commit : ConflictSource.LocalChange;
        Decision decision = new(checkout, file, source);
        if (choice == ConflictChoice.Edited)
        {
            await decision.TakeEditedAsync(cancellation).ConfigureAwait(false);
        }
        else
        {
            await decision.TakeSideAsync(choice == ConflictChoice.Ours, clock.GetUtcNow(), cancellation).ConfigureAwait(false);
        }

        bool ended = source == ConflictSource.LocalChange && state.Unmerged.Count == 1;
        if (ended && await UpdateJournal.ReadAsync(checkout, CancellationToken.None).ConfigureAwait(false) is { } record)
        {
            await FinishedMerge.EndDecidedAsync(checkout, record, CancellationToken.None).ConfigureAwait(false);
        }

        return ended;
    }
}
