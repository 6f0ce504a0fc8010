using Asterisell.Engine.Repository.Git;
using Asterisell.Engine.Repository.Reach;
using Asterisell.Engine.Repository.Secrets;
using Asterisell.Engine.Repository.State;

namespace Asterisell.Engine.Repository;

/// <summary>Describes a checkout to its operator. Nothing is fetched and nothing written.</summary>
public static class RepositoryReader
{
    /// <summary>How it is.</summary>
    /// <param name="path">Folder in the checkout.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends git.</param>
    public static async Task<AsterisellRepository> ReadAsync(string path, CheckoutOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        Checkout checkout = await Checkout.OpenAsync(path, options.IsInteractive, cancellation).ConfigureAwait(false);
        WorkingState working = await StatusReader.ReadAsync(checkout, cancellation).ConfigureAwait(false);
        RepositoryState state = await RepositoryInspector.DescribeAsync(checkout, working, path, cancellation).ConfigureAwait(false);
        RepositoryFleet fleet = await RepositoryFleet.ReadAsync(checkout, options.InventoryPath, cancellation).ConfigureAwait(false);
        CommitScan scan = new(checkout);
        await scan.RunAsync([.. working.Changes.Select(change => change.Path), .. working.Untracked], strict: false, cancellation).ConfigureAwait(false);
        FileInfo fetched = new(checkout.OwnPath("FETCH_HEAD"));
        return new AsterisellRepository
        {
            RepositoryPath = checkout.Root,
            Status = state.Status,
            Branch = state.Branch,
            Commit = state.Commit,
            Upstream = working.Upstream,
            Ahead = working.Ahead,
            Behind = working.Behind,
            FetchedAt = fetched.Exists ? fetched.LastWriteTimeUtc : null,
            Version = state.Version,
            Changes = state.Changes,
            Untracked = state.Untracked,
            Conflicts = state.Conflicts,
            Secrets = scan.Secrets,
            Instances = fleet.Reach.All,
            IsShallow = (await checkout.Git.RequireAsync(["rev-parse", "--is-shallow-repository"], cancellation).ConfigureAwait(false)).Text == "true",
            Message = Describe(state, working, scan.Secrets.Count),
        };
    }

    private static string Describe(RepositoryState state, WorkingState working, int secrets) => state.Status switch
    {
        RepositoryStatus.Interrupted => "An update was killed in the middle: Undo-AsterisellRepository",
        RepositoryStatus.Conflicted => "Conflicts wait for decisions: Get-AsterisellConflict",
        RepositoryStatus.Merging => "A merge waits for its commit: Save-AsterisellRepository",
        RepositoryStatus.Occupied => $"A {state.Operation} is under way: git {state.Operation}",
        _ when secrets > 0 => $"{secrets} secret{(secrets == 1 ? "" : "s")} in clear about to be committed",
        _ when working.Branch is null => "No branch is checked out: git switch BRANCH",
        _ when working.Upstream is null => "The branch has no upstream: git branch --set-upstream-to=origin/main",
        _ when working.Ahead is null => $"The upstream {GitText.Name(working.Upstream)} is not there",
        _ => "",
    };
}
