using Asterisell.Engine.Operations;
using Asterisell.Engine.Repository.Conflicts;
using Asterisell.Engine.Repository.Git;
using Asterisell.Engine.Repository.Journal;
using Asterisell.Engine.Repository.Merging;
using Asterisell.Engine.Repository.Reach;
using Asterisell.Engine.Repository.State;

namespace Asterisell.Engine.Repository;

/// <summary>Brings a checkout up to date: fetches, foresees the merge in memory, writes the journal, lets git merge, and judges what it left.</summary>
public sealed class RepositoryUpdater(TimeProvider clock)
{
    private const string Decide =
        "Decide: Get-AsterisellConflict | Resolve-AsterisellConflict -Use Ours, Theirs or Edited; then Save-AsterisellRepository. Or abort: Undo-AsterisellRepository.";

    private const string DecideLocal =
        "The new version is merged, and your uncommitted changes do not fit it. Decide: Get-AsterisellConflict | Resolve-AsterisellConflict -Use Ours, Theirs or Edited. Or abort: Undo-AsterisellRepository.";

    /// <summary>How an update would end. It fetches; branch, index, files and stash are not touched.</summary>
    /// <param name="path">Folder in the checkout.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told the steps; null for nobody.</param>
    /// <param name="cancellation">Ends git.</param>
    /// <exception cref="AsterisellException">Why it could not be updated.</exception>
    public static async Task<RepositoryUpdate> ForeseeAsync(string path, CheckoutOptions options, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        Prepared prepared = await PrepareAsync(path, options, progress, cancellation).ConfigureAwait(false);
        MergePreview preview = prepared.Preview;
        return prepared.Result with
        {
            Status = preview.IsUnchanged ? RepositoryUpdateStatus.Unchanged : RepositoryUpdateStatus.Foreseen,
            Conflicts = preview.Conflicts,
            Message = preview.Conflicts.Count == 0 ? "" : "With these conflicts it would wait for your decisions.",
        };
    }

    /// <summary>Updates. Whatever goes wrong on the way, the state before is brought back; conflicts wait for decisions.</summary>
    /// <inheritdoc cref="ForeseeAsync"/>
    public async Task<RepositoryUpdate> UpdateAsync(string path, CheckoutOptions options, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        Checkout checkout = await Checkout.OpenAsync(path, options.IsInteractive, cancellation).ConfigureAwait(false);
        using RepositoryLock mine = RepositoryLock.Take(checkout);
        Prepared prepared = await PrepareAsync(path, options, progress, cancellation).ConfigureAwait(false);
        if (prepared.Preview.IsUnchanged)
        {
            UpdateJournal.Remove(checkout);
            return prepared.Result;
        }

        progress?.Report("merging");
        UpdateRecord record = await JournalWriter.BeginAsync(checkout, prepared.State, prepared.Preview, clock.GetUtcNow(), cancellation).ConfigureAwait(false);
        try
        {
            return await MergeAsync(prepared, record, cancellation).ConfigureAwait(false);
        }
        catch (Exception)
        {
            await new StateBefore(checkout, record, clock).BringBackAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<Prepared> PrepareAsync(string path, CheckoutOptions options, IOperationProgress? progress, CancellationToken cancellation)
    {
        Checkout checkout = await Checkout.OpenAsync(path, options.IsInteractive, cancellation).ConfigureAwait(false);
        await GitVersion.RequireAsync(checkout.Git, cancellation).ConfigureAwait(false);
        WorkingState state = await StatusReader.ReadAsync(checkout, cancellation).ConfigureAwait(false);
        (await RepositoryInspector.DescribeAsync(checkout, state, path, cancellation).ConfigureAwait(false)).RequireWhole();
        checkout.RequireUnlocked();
        Upstream upstream = await Upstream.FindAsync(checkout, state, cancellation).ConfigureAwait(false);
        progress?.Report("fetching new versions");
        await upstream.FetchAsync(checkout, options.Patience, cancellation).ConfigureAwait(false);
        progress?.Report("merging in memory");
        RepositoryFleet fleet = await RepositoryFleet.ReadAsync(checkout, options.InventoryPath, cancellation).ConfigureAwait(false);
        MergePreview preview = await MergePreview.MakeAsync(checkout, state, upstream, fleet, cancellation).ConfigureAwait(false);
        if (preview.InTheWay.Count > 0)
        {
            throw GitErrors.WouldOverwrite(checkout.Root, preview.InTheWay);
        }

        string? version = VersionFile.Read(checkout.Root);
        return new Prepared(checkout, state, upstream, fleet, preview, new RepositoryUpdate
        {
            RepositoryPath = checkout.Root,
            Branch = state.Branch!,
            Upstream = upstream.Name,
            Status = RepositoryUpdateStatus.Unchanged,
            Before = preview.Before,
            After = preview.Before,
            VersionBefore = version,
            VersionAfter = preview.IsUnchanged ? version : preview.Version,
            IsFastForward = preview.IsFastForward,
            Commits = preview.Commits,
            Files = [.. preview.Changes.Select(change => change.Path)],
            Instances = preview.Instances,
            LocalChanges = [.. state.Changes.Select(change => change.Path)],
        });
    }

    private static async Task<RepositoryUpdate> MergeAsync(Prepared prepared, UpdateRecord record, CancellationToken cancellation)
    {
        Checkout checkout = prepared.Checkout;
        string message = $"Merge {(prepared.Upstream.Remote is null ? "branch" : "remote-tracking branch")} '{prepared.Upstream.Name}'";
        GitOutput output = await checkout.Git.RunAsync(
            ["merge", "--autostash", "--no-edit", "--commit", "--no-squash", "--no-stat", "-m", message, record.Incoming], cancellation).ConfigureAwait(false);
        WorkingState state = await StatusReader.ReadAsync(checkout, CancellationToken.None).ConfigureAwait(false);
        if (state.Unmerged.Count > 0)
        {
            bool local = !OperationProbe.IsMerging(checkout);
            return prepared.Result with
            {
                Status = RepositoryUpdateStatus.Conflicted,
                After = state.Commit!,
                Conflicts = await new ConflictReader(checkout, prepared.Fleet).ReadAsync(state, CancellationToken.None).ConfigureAwait(false),
                Message = local ? DecideLocal : Decide,
            };
        }

        if (!output.Succeeded || OperationProbe.IsMerging(checkout) || checkout.Has("MERGE_AUTOSTASH"))
        {
            throw GitErrors.MergeRefused(checkout.Root, GitText.Words(output));
        }

        await FinishedMerge.EndAsync(checkout, record, CancellationToken.None).ConfigureAwait(false);
        return prepared.Result with { Status = RepositoryUpdateStatus.Updated, After = state.Commit!, Message = SubmoduleNote(state) };
    }

    private static string SubmoduleNote(WorkingState state) =>
        state.Changes.Any(change => change.Kind == RepositoryChangeKind.Submodule) ? "A submodule is not at the commit that this version wants: git submodule update --init" : "";

    private sealed record Prepared(Checkout Checkout, WorkingState State, Upstream Upstream, RepositoryFleet Fleet, MergePreview Preview, RepositoryUpdate Result);
}
