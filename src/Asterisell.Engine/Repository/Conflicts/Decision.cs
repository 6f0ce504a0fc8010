using System.Text;
using Asterisell.Engine.Repository.Git;
using Asterisell.Engine.Repository.Journal;
using Asterisell.Engine.Repository.State;

namespace Asterisell.Engine.Repository.Conflicts;

/// <summary>Carries out what was decided about one file.</summary>
internal sealed class Decision(Checkout checkout, UnmergedFile file, ConflictSource source)
{
    /// <summary>Takes the file as it was edited.</summary>
    /// <exception cref="AsterisellException"><c>SideMissing</c>, <c>MarkersLeft</c>.</exception>
    public async Task TakeEditedAsync(CancellationToken cancellation)
    {
        FileInfo info = new(checkout.FullPath(file.Path));
        if (!info.Exists)
        {
            throw GitErrors.SideMissing(checkout.Root, file.Path);
        }

        if (info.LinkTarget is null && await FindMarkerAsync(info, cancellation).ConfigureAwait(false) is int line)
        {
            throw GitErrors.MarkersLeft(checkout.Root, [$"{file.Path}:{line}"]);
        }

        await checkout.Git.RequireAsync(["add", "--force", "--", GitText.Literal(file.Path)], cancellation).ConfigureAwait(false);
        await UnstageAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes one side's file; a side that deleted it deletes it. What was edited meanwhile is kept.</summary>
    public async Task TakeSideAsync(bool ours, DateTimeOffset now, CancellationToken cancellation)
    {
        // After a stash was applied, git's "ours" is what was merged before, and "theirs" the operator's own work.
        StageEntry? side = ours == (source == ConflictSource.Commit) ? file.Ours : file.Theirs;
        string full = checkout.FullPath(file.Path);
        FileInfo info = new(full);
        bool hasText = file is { Ours: not null, Theirs: not null } && info is { Exists: true, LinkTarget: null };
        if (hasText && await FindMarkerAsync(info, cancellation).ConfigureAwait(false) is null)
        {
            await new KeptFiles(checkout, now).KeepAsync(file.Path, cancellation).ConfigureAwait(false);
        }

        // From here on it is done to the end.
        string none = new('0', 40);
        string entries = $"0 {none}\t{file.Path}\0" + (side is null ? "" : $"{side.Mode} {side.Object} 0\t{file.Path}\0");
        await checkout.Git.RequireAsync(["update-index", "-z", "--index-info"], CancellationToken.None, Encoding.UTF8.GetBytes(entries)).ConfigureAwait(false);
        if (side is null)
        {
            File.Delete(full);
        }
        else if (!side.IsSubmodule)
        {
            await checkout.Git.RequireAsync(["checkout-index", "--force", "-z", "--stdin"], CancellationToken.None, Encoding.UTF8.GetBytes(file.Path + "\0")).ConfigureAwait(false);
        }

        await UnstageAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Uncommitted work comes back as what it was: changed, and not yet meant for the next commit.</summary>
    private async Task UnstageAsync(CancellationToken cancellation)
    {
        if (source == ConflictSource.LocalChange)
        {
            await checkout.Git.RunAsync(["reset", "--quiet", "--", GitText.Literal(file.Path)], cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Line of a marker that neither side's version has; null for none.</summary>
    private async Task<int?> FindMarkerAsync(FileInfo info, CancellationToken cancellation)
    {
        if (info.Length > BlobReader.MostBytes)
        {
            return null;
        }

        byte[] content = await File.ReadAllBytesAsync(info.FullName, cancellation).ConfigureAwait(false);
        if (ConflictText.IsBinary(content))
        {
            return null;
        }

        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (StageEntry side in new[] { file.Ours, file.Theirs }.OfType<StageEntry>())
        {
            known.UnionWith(Encoding.UTF8.GetString(await BlobReader.ReadAsync(checkout, side.Object, cancellation).ConfigureAwait(false) ?? []).Split('\n'));
        }

        string[] lines = Encoding.UTF8.GetString(content).Split('\n');
        int at = Array.FindIndex(lines, line => IsMarker(line) && !known.Contains(line));
        return at < 0 ? null : at + 1;
    }

    private static bool IsMarker(string line) =>
        line.StartsWith("<<<<<<< ", StringComparison.Ordinal) || line.StartsWith(">>>>>>> ", StringComparison.Ordinal) || line.StartsWith("||||||| ", StringComparison.Ordinal);
}
