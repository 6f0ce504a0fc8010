using System.Text;
using Asterisell.Engine.Repository.Git;
using Asterisell.Engine.Repository.Merging;

namespace Asterisell.Engine.Repository.Journal;

/// <summary>The end of a merge whose local changes came back.</summary>
internal static class FinishedMerge
{
    /// <summary>
    /// Sees to it that changed files that the new version left alone are what they were, byte by byte: git's stash may have changed line ends.
    /// Then the journal goes.
    /// </summary>
    public static async Task EndAsync(Checkout checkout, UpdateRecord record, CancellationToken cancellation)
    {
        IReadOnlyList<TreeChange> changes = await TreeChange.CompareAsync(checkout, record.Before, "HEAD", cancellation).ConfigureAwait(false);
        HashSet<string> merged = [.. changes.Select(change => change.Path)];
        foreach (SavedFile saved in record.Files.Where(saved => !merged.Contains(saved.Path)))
        {
            await SavedFiles.PutBackAsync(checkout, saved, cancellation).ConfigureAwait(false);
        }

        UpdateJournal.Remove(checkout);
    }

    /// <summary>
    /// The same after the last conflict of uncommitted work was decided: git left what it could bring back ready for the next commit. New files
    /// stay so, as git's stash has it.
    /// </summary>
    public static async Task EndDecidedAsync(Checkout checkout, UpdateRecord record, CancellationToken cancellation)
    {
        HashSet<string> known = [.. (await checkout.Git.RequireAsync(["ls-tree", "-r", "-z", "--name-only", "--full-tree", "HEAD"], cancellation).ConfigureAwait(false)).Fields()];
        byte[] names = Encoding.UTF8.GetBytes(string.Concat(record.Files.Where(file => known.Contains(file.Path)).Select(file => GitText.Literal(file.Path) + "\0")));
        if (names.Length > 0)
        {
            await checkout.Git.RequireAsync(["reset", "--quiet", "--pathspec-from-file=-", "--pathspec-file-nul"], cancellation, names).ConfigureAwait(false);
        }

        await EndAsync(checkout, record, cancellation).ConfigureAwait(false);
    }
}
