using Asterisell.Engine.Repository.Journal;

namespace Asterisell.Engine.Repository.Git;

/// <summary>Whether a git that may hold a lock of a checkout still lives.</summary>
internal static class LivingGit
{
    /// <summary>Removes locks that a killed git left behind.</summary>
    /// <exception cref="AsterisellException"><c>RepositoryLocked</c>: a git lives that may hold one, or this system cannot tell.</exception>
    public static async Task RemoveLocksAsync(Checkout checkout, UpdateRecord record, CancellationToken cancellation)
    {
        foreach (string name in new[] { "index.lock", "HEAD.lock", "ORIG_HEAD.lock", "MERGE_AUTOSTASH.lock", record.Branch + ".lock", "refs/stash.lock", "packed-refs.lock" })
        {
            string path = (await checkout.Git.RequireAsync(["rev-parse", "--git-path", name], cancellation).ConfigureAwait(false)).Text;
            FileInfo file = new(Path.Combine(checkout.Root, path));
            if (!file.Exists)
            {
                continue;
            }

            if (IsAtWork(checkout))
            {
                throw GitErrors.RepositoryLocked(checkout.Root, file.FullName, DateTime.UtcNow - file.LastWriteTimeUtc);
            }

            file.Delete();
        }
    }

    /// <summary>True where a git runs in the checkout, and where that cannot be told.</summary>
    private static bool IsAtWork(Checkout checkout) =>
        !OperatingSystem.IsLinux() || Directory.EnumerateDirectories("/proc").Any(process => IsGit(process) && IsIn(process, checkout.Root));

    private static bool IsGit(string process)
    {
        try
        {
            if (!char.IsAsciiDigit(Path.GetFileName(process)[0]))
            {
                return false;
            }

            // NUMBER (NAME) STATE …; one that ended and that nobody asked for yet is a zombie, Z.
            string stat = File.ReadAllText(Path.Combine(process, "stat"));
            int end = stat.LastIndexOf(')');
            return stat.Contains("(git", StringComparison.Ordinal) && stat[end + 2] is not ('Z' or 'X');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsIn(string process, string folder)
    {
        try
        {
            string? place = new FileInfo(Path.Combine(process, "cwd")).LinkTarget;
            return place is null || place == folder || place.StartsWith(folder + "/", StringComparison.Ordinal);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
