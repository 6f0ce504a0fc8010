using Asterisell.Engine.Repository.Git;
using Asterisell.Engine.Repository.State;

namespace Asterisell.Engine.Repository.Merging;

/// <summary>A merge that was made in memory.</summary>
/// <param name="Tree">The tree it would leave; files with conflicts have markers in them.</param>
/// <param name="Unmerged">Files that git could not merge.</param>
internal sealed record MergedTree(string Tree, IReadOnlyList<UnmergedFile> Unmerged);

/// <summary>Merges two commits in memory: <c>git merge-tree --write-tree</c> touches neither files nor index nor branches.</summary>
internal static class MergeTreeReader
{
    private const int Clean = 0;
    private const int Conflicted = 1;

    /// <summary>Merges <paramref name="theirs"/> into <paramref name="ours"/>.</summary>
    public static async Task<MergedTree> MergeAsync(Checkout checkout, string ours, string theirs, CancellationToken cancellation)
    {
        string[] arguments = ["-c", "merge.conflictStyle=diff3", "merge-tree", "--write-tree", "-z", "--no-messages", ours, theirs];
        GitOutput output = await checkout.Git.RunAsync(arguments, cancellation).ConfigureAwait(false);
        return output.ExitCode is Clean or Conflicted && output.Bytes.Length > 0 ? Parse(output.Fields()) : throw GitErrors.From(checkout.Root, ["merge-tree"], output);
    }

    /// <summary>Reads an answer: the tree, then <c>MODE OBJECT STAGE⇥NAME</c> for each version of each file with a conflict.</summary>
    public static MergedTree Parse(IReadOnlyList<string> fields)
    {
        Dictionary<string, StageEntry?[]> files = [];
        List<string> order = [];
        foreach (string field in fields.Skip(1).TakeWhile(field => field.Length > 0))
        {
            string[] halves = field.Split('\t', 2);
            string[] facts = halves[0].Split(' ');
            if (!files.TryGetValue(halves[1], out StageEntry?[]? stages))
            {
                files[halves[1]] = stages = new StageEntry?[3];
                order.Add(halves[1]);
            }

            stages[facts[2][0] - '1'] = new StageEntry(facts[0], facts[1]);
        }

        return new MergedTree(fields[0], [.. order.Select(path => Unmerged(path, files[path]))]);
    }

    private static UnmergedFile Unmerged(string path, StageEntry?[] stages) => new(
        path, UnmergedFile.KindOf(stages[0] is not null, stages[1] is not null, stages[2] is not null), stages[0], stages[1], stages[2]);
}
