using Asterisell.Engine.Repository.Git;

namespace Asterisell.Engine.Repository.Journal;

/// <summary>
/// Brings the state before an update back from its journal, wherever the update stopped: branch, index, files, stash. Every step may be taken
/// again, so that a killed undo is simply done once more; the journal goes last.
/// </summary>
internal sealed class StateBefore(Checkout checkout, UpdateRecord record, TimeProvider clock)
{
    private static readonly string[] MergeFiles = ["MERGE_HEAD", "MERGE_MSG", "MERGE_MODE", "MERGE_RR", "AUTO_MERGE", "MERGE_AUTOSTASH", "SQUASH_MSG"];

    private readonly KeptFiles _kept = new(checkout, clock.GetUtcNow());

    /// <summary>Brings it back.</summary>
    /// <exception cref="AsterisellException"><c>UndoNotPossible</c>, <c>UndoIncomplete</c>, <c>RepositoryLocked</c>.</exception>
    public async Task<RepositoryUndo> BringBackAsync(CancellationToken cancellation)
    {
        await LivingGit.RemoveLocksAsync(checkout, record, cancellation).ConfigureAwait(false);
        string head = await RequireOurHeadAsync(cancellation).ConfigureAwait(false);
        await KeepEditedAsync(cancellation).ConfigureAwait(false);
        if (head != record.Before)
        {
            await checkout.Git.RequireAsync(["update-ref", "-m", "undo of an update", record.Branch, record.Before, head], cancellation).ConfigureAwait(false);
        }

        foreach (string name in MergeFiles)
        {
            File.Delete(checkout.OwnPath(name));
        }

        await checkout.Git.RequireAsync(["-c", "submodule.recurse=false", "reset", "--hard", "--quiet", record.Before], cancellation).ConfigureAwait(false);
        await RemoveArrivedAsync(cancellation).ConfigureAwait(false);
        foreach (SavedFile saved in record.Files)
        {
            await SavedFiles.PutBackAsync(checkout, saved, cancellation).ConfigureAwait(false);
        }

        await DropAutostashAsync(cancellation).ConfigureAwait(false);
        await IndexCopy.PutBackAsync(checkout, Path.Combine(UpdateJournal.PathOf(checkout), UpdateJournal.IndexName), cancellation).ConfigureAwait(false);
        await RequireSameAsync(cancellation).ConfigureAwait(false);
        UpdateJournal.Remove(checkout);
        return new RepositoryUndo
        {
            RepositoryPath = checkout.Root,
            Branch = record.Branch["refs/heads/".Length..],
            Commit = record.Before,
            LocalChanges = [.. record.Files.Select(file => file.Path)],
            KeptPath = _kept.Folder,
            Kept = _kept.Paths,
        };
    }

    /// <summary>The branch and its commit must be the update's own doing; what somebody committed since is not thrown away.</summary>
    private async Task<string> RequireOurHeadAsync(CancellationToken cancellation)
    {
        GitOutput branch = await checkout.Git.RunAsync(["symbolic-ref", "--quiet", "HEAD"], cancellation).ConfigureAwait(false);
        if (branch.Text != record.Branch)
        {
            throw GitErrors.UndoNotPossible(checkout.Root, $"the update was of {GitText.Name(record.Branch)}, and now {(branch.Text.Length == 0 ? "no branch" : GitText.Name(branch.Text))} is checked out");
        }

        string head = await checkout.FindCommitAsync("HEAD", cancellation).ConfigureAwait(false) ?? "";
        if (head == record.Before || head == record.Incoming)
        {
            return head;
        }

        string parents = (await checkout.Git.RunAsync(["rev-list", "--parents", "--max-count=1", head], cancellation).ConfigureAwait(false)).Text;
        return parents == $"{head} {record.Before} {record.Incoming}" ? head : throw GitErrors.UndoNotPossible(checkout.Root, "commits were made since");
    }

    private async Task KeepEditedAsync(CancellationToken cancellation)
    {
        string[] trees = [record.Before, record.Tree, .. checkout.Has("AUTO_MERGE") ? ["AUTO_MERGE"] : Array.Empty<string>()];
        Dictionary<string, SavedFile> saved = record.Files.ToDictionary(file => file.Path);
        foreach (string path in await EditedSince.FindAsync(checkout, trees, cancellation).ConfigureAwait(false))
        {
            if (!saved.TryGetValue(path, out SavedFile? file) || !await SavedFiles.IsThereAsync(checkout, file, cancellation).ConfigureAwait(false))
            {
                await _kept.KeepAsync(path, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A checkout that was killed leaves new files that its index does not know yet.</summary>
    private async Task RemoveArrivedAsync(CancellationToken cancellation)
    {
        HashSet<string> own = [.. record.Files.Select(file => file.Path)];
        foreach (string path in record.Arriving.Where(path => !own.Contains(path)))
        {
            string full = checkout.FullPath(path);
            if (!File.Exists(full) && new FileInfo(full).LinkTarget is null)
            {
                continue;
            }

            string? arrived = (await checkout.Git.RunAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", $"{record.Tree}:{path}"], cancellation).ConfigureAwait(false)).Text;
            if ((await checkout.Git.RunAsync(["hash-object", "--", path], cancellation).ConfigureAwait(false)).Text != arrived)
            {
                await _kept.KeepAsync(path, cancellation).ConfigureAwait(false);
            }

            File.Delete(full);
            RemoveEmptyFolders(Path.GetDirectoryName(full)!);
        }
    }

    private void RemoveEmptyFolders(string folder)
    {
        while (folder != checkout.Root && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
            folder = Path.GetDirectoryName(folder)!;
        }
    }

    /// <summary>What git could not bring back it puts onto the stash; the journal brought it back, so the stash is as it was.</summary>
    private async Task DropAutostashAsync(CancellationToken cancellation)
    {
        string? top = await checkout.FindCommitAsync("refs/stash", cancellation).ConfigureAwait(false);
        if (top is null || top == record.Stash)
        {
            return;
        }

        GitOutput message = await checkout.Git.RunAsync(["log", "--walk-reflogs", "--max-count=1", "--format=%gs", "refs/stash"], cancellation).ConfigureAwait(false);
        string? madeOn = await checkout.FindCommitAsync("refs/stash^1", cancellation).ConfigureAwait(false);
        if (message.Text == "autostash" && madeOn == record.Before)
        {
            await checkout.Git.RequireAsync(["stash", "drop", "--quiet"], cancellation).ConfigureAwait(false);
        }
    }

    private async Task RequireSameAsync(CancellationToken cancellation)
    {
        GitOutput now = await checkout.Git.RequireAsync(JournalWriter.Question, cancellation).ConfigureAwait(false);
        if (!now.Fields().SequenceEqual(record.Status))
        {
            throw GitErrors.UndoIncomplete(checkout.Root, UpdateJournal.PathOf(checkout));
        }
    }
}
