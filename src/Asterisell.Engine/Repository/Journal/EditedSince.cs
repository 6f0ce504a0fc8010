using Asterisell.Engine.Repository.Git;

namespace Asterisell.Engine.Repository.Journal;

/// <summary>Files that were edited since an update began: they are neither what any version has, nor what the merge made of it.</summary>
internal static class EditedSince
{
    private static readonly string[] Known = ["HEAD", "MERGE_HEAD", "AUTO_MERGE"];

    /// <summary>Their paths.</summary>
    /// <param name="checkout">Checkout.</param>
    /// <param name="trees">Every tree whose files can be had again.</param>
    /// <param name="cancellation">Ends git.</param>
    public static async Task<IReadOnlyList<string>> FindAsync(Checkout checkout, IEnumerable<string> trees, CancellationToken cancellation)
    {
        // What was merely touched is looked at first, so that times alone do not count. Conflicts make this end with 1.
        await checkout.Git.RunAsync(["update-index", "-q", "--refresh"], cancellation).ConfigureAwait(false);
        string[] known = [.. trees];
        HashSet<string>? edited = null;
        foreach (string tree in known)
        {
            GitOutput output = await checkout.Git.RequireAsync(
                ["diff-index", "-z", "--name-only", "--no-renames", "--ignore-submodules=all", "--diff-filter=AMT", tree, "--"], cancellation).ConfigureAwait(false);
            if (edited is null)
            {
                edited = [.. output.Fields()];
            }
            else
            {
                edited.IntersectWith(output.Fields());
            }
        }

        List<string> sure = [];
        foreach (string path in (edited ?? []).Order(StringComparer.Ordinal))
        {
            if (!await IsOfAsync(checkout, known, path, cancellation).ConfigureAwait(false))
            {
                sure.Add(path);
            }
        }

        return sure;
    }

    /// <summary>A file with a conflict always counts as different; its content tells whether it is still as git wrote it.</summary>
    private static async Task<bool> IsOfAsync(Checkout checkout, string[] trees, string path, CancellationToken cancellation)
    {
        GitOutput content = await checkout.Git.RunAsync(["hash-object", "--", path], cancellation).ConfigureAwait(false);
        foreach (string tree in trees)
        {
            GitOutput kept = await checkout.Git.RunAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", $"{tree}:{path}"], cancellation).ConfigureAwait(false);
            if (kept.Succeeded && kept.Text == content.Text)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The trees of a merge that is under way by git's own account: the commit, the merged one, and what git made of both.</summary>
    public static IEnumerable<string> TreesOf(Checkout checkout) => Known.Where(checkout.Has);
}
