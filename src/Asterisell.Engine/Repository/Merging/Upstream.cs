using Asterisell.Engine.Repository.Git;
using Asterisell.Engine.Repository.State;

namespace Asterisell.Engine.Repository.Merging;

/// <summary>Where the new versions of a branch come from.</summary>
/// <param name="Reference">Full name, such as <c>refs/remotes/origin/main</c>.</param>
/// <param name="Name">As git shows it, such as <c>origin/main</c>.</param>
/// <param name="Remote">Remote to fetch from; null where it is another branch of this repository.</param>
internal sealed record Upstream(string Reference, string Name, string? Remote)
{
    /// <summary>The upstream of the branch that is checked out.</summary>
    /// <exception cref="AsterisellException"><c>BranchMissing</c>, <c>CommitMissing</c>, <c>UpstreamMissing</c>.</exception>
    public static async Task<Upstream> FindAsync(Checkout checkout, WorkingState state, CancellationToken cancellation)
    {
        if (state.Branch is null)
        {
            throw GitErrors.BranchMissing(checkout.Root);
        }

        if (state.Commit is null)
        {
            throw GitErrors.CommitMissing(checkout.Root);
        }

        GitOutput output = await checkout.Git.RequireAsync(
            ["for-each-ref", "--format=%(upstream)%00%(upstream:short)%00%(upstream:remotename)%00", "refs/heads/" + state.Branch], cancellation).ConfigureAwait(false);
        return output.Fields() is [{ Length: > 0 } reference, var name, var remote, ..]
            ? new Upstream(reference, name, remote is "" or "." ? null : remote)
            : throw GitErrors.UpstreamMissing(checkout.Root, state.Branch);
    }

    /// <summary>Fetches; nothing but git's own remote-tracking branches changes.</summary>
    /// <exception cref="AsterisellException"><c>UpstreamNotReachable</c>, <c>UpstreamTooSlow</c>.</exception>
    public async Task FetchAsync(Checkout checkout, TimeSpan patience, CancellationToken cancellation)
    {
        if (Remote is null)
        {
            return;
        }

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            GitOutput output = await checkout.Git.RunAsync(["fetch", "--quiet", "--end-of-options", Remote], limit.Token).ConfigureAwait(false);
            if (!output.Succeeded)
            {
                throw GitErrors.UpstreamNotReachable(checkout.Root, Remote, GitText.Reason(output.Errors));
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw GitErrors.UpstreamTooSlow(checkout.Root, Remote, (int)patience.TotalSeconds);
        }
    }
}
