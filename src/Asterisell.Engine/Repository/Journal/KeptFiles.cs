using System.Globalization;
using Asterisell.Engine.Repository.Git;

namespace Asterisell.Engine.Repository.Journal;

/// <summary>Keeps what an undo would otherwise throw away: <c>.git/asterisell/kept/TIME/…</c>, under the paths of the checkout.</summary>
/// <param name="checkout">Checkout.</param>
/// <param name="now">Names the folder.</param>
internal sealed class KeptFiles(Checkout checkout, DateTimeOffset now)
{
    private readonly string _folder = checkout.OwnPath("asterisell/kept/" + now.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture));

    /// <summary>Paths of the checkout that were kept.</summary>
    public List<string> Paths { get; } = [];

    /// <summary>The folder; null while there is nothing in it.</summary>
    public string? Folder => Paths.Count == 0 ? null : _folder;

    /// <summary>Keeps a copy of a file of the checkout that is there.</summary>
    public async Task KeepAsync(string path, CancellationToken cancellation)
    {
        FileInfo file = new(checkout.FullPath(path));
        if (Paths.Contains(path) || (!file.Exists && file.LinkTarget is null))
        {
            return;
        }

        string target = Path.Combine(_folder, path.Replace('/', Path.DirectorySeparatorChar));
        if (Paths.Count == 0)
        {
            JournalFolder.Create(Path.GetDirectoryName(_folder)!);
            JournalFolder.Create(_folder);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (file.LinkTarget is { } link)
        {
            File.CreateSymbolicLink(target, link);
        }
        else
        {
            await JournalFolder.CopyAsync(file.FullName, target, cancellation).ConfigureAwait(false);
        }

        Paths.Add(path);
    }
}
