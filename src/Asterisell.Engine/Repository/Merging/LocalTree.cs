using Asterisell.Engine.Repository.Git;

namespace Asterisell.Engine.Repository.Merging;

/// <summary>Uncommitted changes of tracked files as a commit that no branch knows, so that git can say whether they fit another tree.</summary>
internal static class LocalTree
{
    private static readonly Dictionary<string, string> Nobody = new()
    {
        ["GIT_AUTHOR_NAME"] = "foreseen", ["GIT_AUTHOR_EMAIL"] = "", ["GIT_AUTHOR_DATE"] = "@0 +0000",
        ["GIT_COMMITTER_NAME"] = "foreseen", ["GIT_COMMITTER_EMAIL"] = "", ["GIT_COMMITTER_DATE"] = "@0 +0000",
    };

    /// <summary>How the changes would come back on top of a tree.</summary>
    /// <param name="checkout">Checkout.</param>
    /// <param name="merged">Tree that they would come back on.</param>
    /// <param name="cancellation">Ends git.</param>
    public static async Task<MergedTree> MergeAsync(Checkout checkout, string merged, CancellationToken cancellation)
    {
        string local;
        using (ScratchIndex scratch = ScratchIndex.Copy(checkout))
        {
            await checkout.Git.RequireAsync(["add", "--update", "--", ":/"], cancellation, environment: scratch.Environment).ConfigureAwait(false);
            local = (await checkout.Git.RequireAsync(["write-tree"], cancellation, environment: scratch.Environment).ConfigureAwait(false)).Text;
        }

        return await MergeTreeReader.MergeAsync(
            checkout, await CommitAsync(checkout, merged, cancellation).ConfigureAwait(false), await CommitAsync(checkout, local, cancellation).ConfigureAwait(false),
            cancellation).ConfigureAwait(false);
    }

    private static async Task<string> CommitAsync(Checkout checkout, string tree, CancellationToken cancellation) =>
        (await checkout.Git.RequireAsync(
            ["-c", "commit.gpgSign=false", "commit-tree", tree, "-p", "HEAD", "-m", "foreseen"], cancellation, environment: Nobody).ConfigureAwait(false)).Text;
}
