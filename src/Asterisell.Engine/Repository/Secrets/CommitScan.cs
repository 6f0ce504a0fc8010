using System.Text;
using Asterisell.Engine.Repository.Git;

namespace Asterisell.Engine.Repository.Secrets;

/// <summary>
/// Looks through what a commit would add: lines that the last commit (and, in a merge, the incoming one) does not have already. What stands in
/// the history cannot be kept out of it any more.
/// </summary>
internal sealed class CommitScan(Checkout checkout)
{
    /// <summary>Secrets that are about to be committed.</summary>
    public List<RepositorySecret> Secrets { get; } = [];

    /// <summary>Places of conflict markers that are about to be committed, as <c>path:line</c>.</summary>
    public List<string> Markers { get; } = [];

    /// <summary>Looks at files of the checkout.</summary>
    /// <param name="paths">Paths below it; those that are not there are passed.</param>
    /// <param name="strict">True where a file that cannot be read is an error; else it is passed.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="AsterisellException"><c>FileNotReadable</c>.</exception>
    public async Task RunAsync(IEnumerable<string> paths, bool strict, CancellationToken cancellation)
    {
        string[] parents = checkout.Has("MERGE_HEAD") ? ["HEAD", "MERGE_HEAD"] : ["HEAD"];
        foreach (string path in paths.Distinct(StringComparer.Ordinal))
        {
            FileInfo file = new(checkout.FullPath(path));
            if (file.LinkTarget is not null || !file.Exists)
            {
                RequireReadable(path, file, strict);
                continue;
            }

            try
            {
                (List<FoundLine> secrets, List<FoundLine> markers) = await FileScan.ReadAsync(path, file.FullName, cancellation).ConfigureAwait(false);
                if (secrets.Count + markers.Count > 0)
                {
                    await KeepNewAsync(path, secrets, markers, parents, cancellation).ConfigureAwait(false);
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                if (strict)
                {
                    throw GitErrors.FileNotReadable(checkout.Root, path, failure.Message.TrimEnd('.'));
                }
            }
        }
    }

    /// <summary>A name that is not UTF-8 leads nowhere here: what stands in the file cannot be vouched for.</summary>
    private void RequireReadable(string path, FileInfo file, bool strict)
    {
        if (strict && !file.Exists && file.LinkTarget is null && path.Contains('\uFFFD', StringComparison.Ordinal))
        {
            throw GitErrors.FileNotReadable(checkout.Root, path, "its name is not UTF-8");
        }
    }

    private async Task KeepNewAsync(string path, List<FoundLine> secrets, List<FoundLine> markers, string[] parents, CancellationToken cancellation)
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (string parent in parents)
        {
            byte[]? before = await BlobReader.ReadAsync(checkout, parent, path, cancellation).ConfigureAwait(false);
            known.UnionWith(Encoding.UTF8.GetString(before ?? []).Split('\n').Select(line => line.TrimEnd('\r')));
        }

        List<FoundLine> fresh = [.. secrets.Where(one => one.Line == 0 || !known.Contains(one.Raw))];
        if (fresh.Count > 0 && !await IsEncryptedAsync(path, cancellation).ConfigureAwait(false))
        {
            Secrets.AddRange(fresh.Select(one => new RepositorySecret(one.Path, one.Line, one.Text)));
        }

        Markers.AddRange(markers.Where(one => !known.Contains(one.Raw)).Select(one => one.Place));
    }

    /// <summary>True where git encrypts the file on its way into a commit (git-crypt, transcrypt).</summary>
    private async Task<bool> IsEncryptedAsync(string path, CancellationToken cancellation)
    {
        GitOutput output = await checkout.Git.RunAsync(["check-attr", "-z", "filter", "--", path], cancellation).ConfigureAwait(false);
        return output.Fields() is [_, _, var filter, ..] && filter.Contains("crypt", StringComparison.OrdinalIgnoreCase);
    }
}
