using Asterisell.Engine.Repository.Git;

namespace Asterisell.Engine.Repository.Merging;

/// <summary>
/// Files of the operator that a merge would write over and that git does not look after: untracked ones (git refuses), ignored ones such as
/// <c>fabric_data/passwords.ini</c> (git overwrites them without a word), and those that git was told to take for unchanged.
/// </summary>
internal static class FilesInTheWay
{
    /// <summary>Their paths.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(Checkout checkout, IReadOnlyList<TreeChange> changes, CancellationToken cancellation)
    {
        string[] arriving = [.. changes.Where(change => change is { Before: null, After: not null }).Select(change => change.Path)];
        HashSet<string> found = [];
        if (arriving.Length > 0)
        {
            GitOutput others = await checkout.Git.RequireAsync(["ls-files", "-z", "--others"], cancellation).ConfigureAwait(false);
            found.UnionWith(Overlapping(arriving, others.Fields()));
        }

        HashSet<string> touched = [.. changes.Select(change => change.Path)];
        GitOutput flags = await checkout.Git.RequireAsync(["ls-files", "-z", "-v"], cancellation).ConfigureAwait(false);
        found.UnionWith(flags.Fields().Where(IsTakenForUnchanged).Select(field => field[2..]).Where(touched.Contains));
        return [.. found.Order(StringComparer.Ordinal)];
    }

    /// <summary>Those of some files that are the same as new ones, stand where a new one needs a folder, or in a folder where a new file comes.</summary>
    public static IEnumerable<string> Overlapping(IEnumerable<string> arriving, IEnumerable<string> others)
    {
        HashSet<string> files = [.. arriving];
        HashSet<string> folders = [.. files.SelectMany(Above)];
        return others.Select(other => other.TrimEnd('/')).Where(other => files.Contains(other) || folders.Contains(other) || Above(other).Any(files.Contains));
    }

    private static IEnumerable<string> Above(string path)
    {
        for (int slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            yield return path[..slash];
        }
    }

    // "h" and other small letters: assume-unchanged; "S": skip-worktree.
    private static bool IsTakenForUnchanged(string field) => field.Length > 2 && (char.IsLower(field[0]) || field[0] == 'S');
}
