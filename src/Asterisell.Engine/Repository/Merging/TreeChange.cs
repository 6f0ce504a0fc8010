using Asterisell.Engine.Repository.Git;
using Asterisell.Engine.Repository.State;

namespace Asterisell.Engine.Repository.Merging;

/// <summary>A file that differs between two trees.</summary>
/// <param name="Path">Path below the checkout.</param>
/// <param name="Before">Version in the first; null where it is not there.</param>
/// <param name="After">Version in the second; null where it is not there.</param>
internal sealed record TreeChange(string Path, StageEntry? Before, StageEntry? After)
{
    private const string NoFile = "000000";

    /// <summary>Compares two trees, file by file, renames as what they are made of.</summary>
    public static async Task<IReadOnlyList<TreeChange>> CompareAsync(Checkout checkout, string before, string after, CancellationToken cancellation) => Parse(
        (await checkout.Git.RequireAsync(["diff-tree", "-r", "-z", "--raw", "--no-renames", "--full-index", before, after], cancellation).ConfigureAwait(false)).Fields());

    /// <summary>Reads pairs of fields: <c>:MODE MODE OBJECT OBJECT STATUS</c> and the name.</summary>
    public static IReadOnlyList<TreeChange> Parse(IReadOnlyList<string> fields)
    {
        List<TreeChange> changes = [];
        for (int at = 0; at + 1 < fields.Count; at += 2)
        {
            string[] facts = fields[at][1..].Split(' ');
            changes.Add(new TreeChange(fields[at + 1], Entry(facts[0], facts[2]), Entry(facts[1], facts[3])));
        }

        return changes;
    }

    private static StageEntry? Entry(string mode, string content) => mode == NoFile ? null : new StageEntry(mode, content);
}
