using System.Globalization;
using System.Text.Json;
using Asterisell.Engine.Repository.Git;
using Asterisell.Engine.Repository.Merging;
using Asterisell.Engine.Repository.State;

namespace Asterisell.Engine.Repository.Journal;

/// <summary>Writes a journal: copies first, the record that puts it in force last.</summary>
internal static class JournalWriter
{
    /// <summary>Git's question about tracked files whose answer must be the same when the state before is back.</summary>
    public static readonly string[] Question =
        ["--no-optional-locks", "status", "--porcelain=v2", "-z", "--untracked-files=no", "--ignore-submodules=all", "--no-renames"];

    /// <summary>Begins a journal.</summary>
    /// <exception cref="AsterisellException"><c>FileNotReadable</c>, <c>JournalNotWritten</c>: nothing was touched.</exception>
    public static async Task<UpdateRecord> BeginAsync(
        Checkout checkout, WorkingState state, MergePreview preview, DateTimeOffset now, CancellationToken cancellation)
    {
        string folder = UpdateJournal.PathOf(checkout);
        try
        {
            UpdateJournal.Remove(checkout);
            JournalFolder.Create(folder);
            await JournalFolder.CopyAsync(checkout.OwnPath("index"), Path.Combine(folder, UpdateJournal.IndexName), cancellation).ConfigureAwait(false);
            List<SavedFile> files = [];
            foreach (RepositoryChange change in state.Changes.Where(change => change.Kind != RepositoryChangeKind.Submodule))
            {
                files.Add(await SaveAsync(checkout, change, folder, files.Count, cancellation).ConfigureAwait(false));
            }

            UpdateRecord record = new()
            {
                BegunAt = now,
                Branch = "refs/heads/" + state.Branch,
                Before = preview.Before,
                Incoming = preview.Incoming,
                Tree = preview.Tree,
                Stash = await checkout.FindCommitAsync("refs/stash", cancellation).ConfigureAwait(false),
                Files = files,
                Arriving = [.. preview.Changes.Where(change => change.Before is null).Select(change => change.Path)],
                Status = (await checkout.Git.RequireAsync(Question, cancellation).ConfigureAwait(false)).Fields(),
            };
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(record, JournalJson.Default.UpdateRecord);
            await JournalFolder.WriteAsync(Path.Combine(folder, UpdateJournal.RecordName), json, cancellation).ConfigureAwait(false);
            return record;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw GitErrors.JournalNotWritten(checkout.Root, failure.Message.TrimEnd('.'));
        }
    }

    private static async Task<SavedFile> SaveAsync(Checkout checkout, RepositoryChange change, string folder, int number, CancellationToken cancellation)
    {
        FileInfo file = new(checkout.FullPath(change.Path));
        if (file.LinkTarget is { } link)
        {
            return new SavedFile(change.Path, null, link, null, null);
        }

        if (!file.Exists)
        {
            // Not there, or of a name that leads nowhere from here: then what is in it could not be brought back.
            return change.Path.Contains('\uFFFD', StringComparison.Ordinal)
                ? throw GitErrors.FileNotReadable(checkout.Root, change.Path, "its name is not UTF-8")
                : new SavedFile(change.Path, null, null, null, null);
        }

        string name = number.ToString("'file-'0", CultureInfo.InvariantCulture);
        try
        {
            string hash = await JournalFolder.CopyAsync(file.FullName, Path.Combine(folder, name), cancellation).ConfigureAwait(false);
            return new SavedFile(change.Path, name, null, OperatingSystem.IsWindows() ? null : (int)file.UnixFileMode, hash);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw GitErrors.FileNotReadable(checkout.Root, change.Path, denied.Message.TrimEnd('.'));
        }
    }
}
