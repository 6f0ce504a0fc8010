using Asterisell.Engine.Repository.Git;

namespace Asterisell.Engine.Repository.Journal;

/// <summary>Puts a copy of git's index in its place, by git's own way: a lock file that becomes the index.</summary>
internal static class IndexCopy
{
    /// <summary>Puts it back.</summary>
    /// <exception cref="AsterisellException"><c>RepositoryLocked</c>.</exception>
    public static async Task PutBackAsync(Checkout checkout, string copy, CancellationToken cancellation)
    {
        string beside = copy + ".back";
        await JournalFolder.CopyAsync(copy, beside, cancellation).ConfigureAwait(false);
        if (!OperatingSystem.IsWindows() && checkout.Has("index"))
        {
            File.SetUnixFileMode(beside, File.GetUnixFileMode(checkout.OwnPath("index")));
        }

        try
        {
            File.Move(beside, checkout.OwnPath("index.lock"), overwrite: false);
        }
        catch (IOException)
        {
            checkout.RequireUnlocked();
            throw;
        }

        File.Move(checkout.OwnPath("index.lock"), checkout.OwnPath("index"), overwrite: true);
    }
}
