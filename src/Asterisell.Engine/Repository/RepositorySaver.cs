using System.Text;
using Asterisell.Engine.Repository.Conflicts;
using Asterisell.Engine.Repository.Git;
using Asterisell.Engine.Repository.Journal;
using Asterisell.Engine.Repository.Merging;
using Asterisell.Engine.Repository.Reach;
using Asterisell.Engine.Repository.Secrets;
using Asterisell.Engine.Repository.State;

namespace Asterisell.Engine.Repository;

/// <summary>Commits what changed, or concludes a merge; refuses conflict markers and secrets in clear.</summary>
public static class RepositorySaver
{
    private const string DoesNotFit =
        "The merge is committed, and your uncommitted changes do not fit it. Decide: Get-AsterisellConflict | Resolve-AsterisellConflict -Use Ours, Theirs or Edited.";

    /// <summary>What would be committed.</summary>
    /// <param name="path">Folder in the checkout.</param>
    /// <param name="files">Full paths of files and folders to commit; empty for everything that changed, new files too.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends git.</param>
    /// <returns>Paths below the checkout; empty where there is nothing.</returns>
    /// <exception cref="AsterisellException"><c>MarkersLeft</c>, <c>SecretsFound</c>, <c>RepositoryConflicted</c> and other reasons not to commit.</exception>
    public static async Task<IReadOnlyList<string>> CheckAsync(string path, IReadOnlyList<string> files, CheckoutOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(files);
        Checkout checkout = await Checkout.OpenAsync(path, options.IsInteractive, cancellation).ConfigureAwait(false);
        return (await CheckAsync(checkout, path, files, cancellation).ConfigureAwait(false)).Paths;
    }

    /// <summary>Commits.</summary>
    /// <param name="path">Folder in the checkout.</param>
    /// <param name="message">What and why; may be left out for a merge, which has one.</param>
    /// <param name="files">Full paths of files and folders to commit; empty for everything that changed, new files too.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends git; nothing is committed then.</param>
    /// <exception cref="AsterisellException"><c>MarkersLeft</c>, <c>SecretsFound</c>, <c>MessageMissing</c>, <c>CommitRefused</c> and other reasons not to commit.</exception>
    public static async Task<RepositorySave> SaveAsync(
        string path, string? message, IReadOnlyList<string> files, CheckoutOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(files);
        Checkout checkout = await Checkout.OpenAsync(path, options.IsInteractive, cancellation).ConfigureAwait(false);
        using RepositoryLock mine = RepositoryLock.Take(checkout);
        Commitment commitment = await CheckAsync(checkout, path, files, cancellation).ConfigureAwait(false);
        RepositorySave nothing = new() { RepositoryPath = checkout.Root, Branch = commitment.State.Branch, Message = "There is nothing to commit." };
        if (commitment is { IsMerge: false, Paths.Count: 0 })
        {
            return nothing;
        }

        if (string.IsNullOrWhiteSpace(message) && !commitment.IsMerge)
        {
            throw GitErrors.MessageMissing(checkout.Root);
        }

        await CommitAsync(checkout, commitment, message, cancellation).ConfigureAwait(false);
        return await DescribeAsync(checkout, commitment, nothing with { IsMerge = commitment.IsMerge, Message = "" }, options).ConfigureAwait(false);
    }

    private static async Task<Commitment> CheckAsync(Checkout checkout, string path, IReadOnlyList<string> files, CancellationToken cancellation)
    {
        checkout.RequireUnlocked();
        WorkingState state = await StatusReader.ReadAsync(checkout, cancellation).ConfigureAwait(false);
        bool isMerge = OperationProbe.IsMerging(checkout);
        if (!isMerge || state.Unmerged.Count > 0)
        {
            (await RepositoryInspector.DescribeAsync(checkout, state, path, cancellation).ConfigureAwait(false)).RequireWhole();
        }

        if (state.Branch is null)
        {
            throw GitErrors.BranchMissing(checkout.Root);
        }

        if (isMerge && files.Count > 0)
        {
            throw GitErrors.PathsInMerge(checkout.Root);
        }

        string[] all = [.. state.Changes.Select(change => change.Path), .. isMerge ? [] : state.Untracked];
        string[] wanted = files.Count == 0 ? all : [.. files.SelectMany(file => Below(checkout, file, all)).Distinct()];
        CommitScan scan = new(checkout);
        await scan.RunAsync(wanted, strict: true, cancellation).ConfigureAwait(false);
        if (scan.Markers.Count > 0)
        {
            throw GitErrors.MarkersLeft(checkout.Root, scan.Markers);
        }

        return scan.Secrets.Count > 0
            ? throw GitErrors.SecretsFound(checkout.Root, [.. scan.Secrets.Select(secret => $"{GitText.Name(secret.ToString())} ({GitText.Name(secret.Text)})")])
            : new Commitment(state, isMerge, wanted, files.Count > 0);
    }

    private static string[] Below(Checkout checkout, string file, string[] all)
    {
        string path = Path.GetRelativePath(checkout.Root, file).Replace('\\', '/');
        string[] found = [.. all.Where(one => path == "." || one == path || one.StartsWith(path + "/", StringComparison.Ordinal))];
        return found.Length > 0 ? found : throw GitErrors.FileNotFound(checkout.Root, path);
    }

    private static async Task CommitAsync(Checkout checkout, Commitment commitment, string? message, CancellationToken cancellation)
    {
        string copy = checkout.OwnPath("asterisell/index-before");
        bool hadIndex = checkout.Has("index");
        if (hadIndex)
        {
            await JournalFolder.CopyAsync(checkout.OwnPath("index"), copy, cancellation).ConfigureAwait(false);
        }

        try
        {
            byte[] names = Encoding.UTF8.GetBytes(string.Concat(commitment.Paths.Select(path => GitText.Literal(path) + "\0")));
            string[] fromInput = ["--pathspec-from-file=-", "--pathspec-file-nul"];
            string[] said = string.IsNullOrWhiteSpace(message) ? ["--no-edit"] : ["-m", message];
            if (commitment.IsMerge)
            {
                await checkout.Git.RequireAsync(["add", "--update", "--", ":/"], cancellation).ConfigureAwait(false);
            }
            else if (commitment.IsPart)
            {
                await checkout.Git.RequireAsync(["add", "--all", .. fromInput], cancellation, names).ConfigureAwait(false);
            }
            else
            {
                await checkout.Git.RequireAsync(["add", "--all", "--", ":/"], cancellation).ConfigureAwait(false);
            }

            GitOutput output = await checkout.Git.RunAsync(
                ["commit", "--quiet", .. said, .. commitment.IsPart ? ["--only", .. fromInput] : Array.Empty<string>()], cancellation, commitment.IsPart ? names : default).ConfigureAwait(false);
            if (!output.Succeeded)
            {
                throw GitErrors.CommitRefused(checkout.Root, GitText.Words(output));
            }
        }
        catch (Exception) when (hadIndex && !checkout.Has("index.lock"))
        {
            await IndexCopy.PutBackAsync(checkout, copy, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private static async Task<RepositorySave> DescribeAsync(Checkout checkout, Commitment commitment, RepositorySave result, CheckoutOptions options)
    {
        CancellationToken whole = CancellationToken.None; // what is committed is told, whoever presses Ctrl+C now
        WorkingState state = await StatusReader.ReadAsync(checkout, whole).ConfigureAwait(false);
        if (commitment.IsMerge && state.Unmerged.Count == 0 && await UpdateJournal.ReadAsync(checkout, whole).ConfigureAwait(false) is { } record)
        {
            await FinishedMerge.EndAsync(checkout, record, whole).ConfigureAwait(false);
        }

        RepositoryFleet fleet = await RepositoryFleet.ReadAsync(checkout, options.InventoryPath, whole).ConfigureAwait(false);
        IReadOnlyList<RepositoryCommit> commits = await IncomingCommits.ReadAsync(checkout, ["--max-count=1", "HEAD"], whole).ConfigureAwait(false);
        return result with
        {
            Commit = commits[0],
            Files = commitment.State.Commit is null
                ? commitment.Paths
                : [.. (await TreeChange.CompareAsync(checkout, commitment.State.Commit, "HEAD", whole).ConfigureAwait(false)).Select(change => change.Path)],
            Conflicts = await new ConflictReader(checkout, fleet).ReadAsync(state, whole).ConfigureAwait(false),
            Message = state.Unmerged.Count > 0 ? DoesNotFit : "",
        };
    }

    private sealed record Commitment(WorkingState State, bool IsMerge, IReadOnlyList<string> Paths, bool IsPart);
}
