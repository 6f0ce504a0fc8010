using Asterisell.Engine.Repository.Git;

namespace Asterisell.Engine.Repository.Journal;

/// <summary>Puts changed files of the journal back, byte by byte: git's own filters and line ends have no say.</summary>
internal static class SavedFiles
{
    /// <summary>True where a file is as it was.</summary>
    public static async Task<bool> IsThereAsync(Checkout checkout, SavedFile saved, CancellationToken cancellation)
    {
        FileInfo file = new(checkout.FullPath(saved.Path));
        return saved switch
        {
            { Link: { } link } => file.LinkTarget == link,
            { Copy: null } => !file.Exists && file.LinkTarget is null,
            _ => await JournalFolder.HashAsync(file.FullName, cancellation).ConfigureAwait(false) == saved.Sha256
                && (saved.Mode is null || OperatingSystem.IsWindows() || (int)file.UnixFileMode == saved.Mode),
        };
    }

    /// <summary>Puts one back: beside first, then under its name.</summary>
    public static async Task PutBackAsync(Checkout checkout, SavedFile saved, CancellationToken cancellation)
    {
        if (await IsThereAsync(checkout, saved, cancellation).ConfigureAwait(false))
        {
            return;
        }

        string target = checkout.FullPath(saved.Path);
        if (saved is { Copy: null, Link: null })
        {
            File.Delete(target);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (saved.Link is not null)
        {
            File.Delete(target);
            File.CreateSymbolicLink(target, saved.Link);
            return;
        }

        string beside = target + ".asterisell-new";
        await JournalFolder.CopyAsync(Path.Combine(UpdateJournal.PathOf(checkout), saved.Copy!), beside, cancellation).ConfigureAwait(false);
        if (saved.Mode is int mode && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(beside, (UnixFileMode)mode);
        }

        File.Move(beside, target, overwrite: true);
    }
}
