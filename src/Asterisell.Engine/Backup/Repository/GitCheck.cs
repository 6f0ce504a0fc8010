using System.ComponentModel;
using System.Diagnostics;

namespace Asterisell.Engine.Backup.Repository;

/// <summary>Lets git itself judge a copy of a <c>.git</c> folder: whether all that its branches need is there.</summary>
internal static class GitCheck
{
    /// <summary>What git says; null when it finds nothing wrong, or where there is no git.</summary>
    /// <param name="folder">The copy.</param>
    /// <param name="cancellation">Ends git.</param>
    public static async Task<string?> FindFaultAsync(string folder, CancellationToken cancellation)
    {
        ProcessStartInfo start = new("git") { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (string argument in new[] { "-c", "safe.directory=*", "--git-dir", folder, "fsck", "--connectivity-only", "--no-dangling", "--no-progress" })
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string variable in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        start.Environment["LC_ALL"] = "C";
        try
        {
            using Process git = Process.Start(start)!;
            git.StandardInput.Close();
            try
            {
                Task<string> output = git.StandardOutput.ReadToEndAsync(cancellation);
                string error = await git.StandardError.ReadToEndAsync(cancellation).ConfigureAwait(false);
                await git.WaitForExitAsync(cancellation).ConfigureAwait(false);
                string said = $"{error}\n{await output.ConfigureAwait(false)}".Trim();
                return git.ExitCode == 0 ? null : said.Split('\n')[0];
            }
            finally
            {
                if (!git.HasExited)
                {
                    git.Kill(entireProcessTree: true);
                }
            }
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
