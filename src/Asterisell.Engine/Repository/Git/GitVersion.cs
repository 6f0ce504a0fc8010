using System.Globalization;
using System.Text.RegularExpressions;

namespace Asterisell.Engine.Repository.Git;

/// <summary>Versions of git, and the oldest that will do.</summary>
internal static partial class GitVersion
{
    /// <summary>The first that merges in memory (<c>git merge-tree --write-tree</c>). Debian 12 has 2.39.</summary>
    public static readonly Version Oldest = new(2, 38);

    /// <summary>The version in the answer of <c>git version</c>; null where there is none.</summary>
    public static Version? Parse(string answer)
    {
        Match match = Pattern().Match(answer);
        return match.Success
            ? new Version(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>Refuses a git that cannot merge in memory.</summary>
    /// <exception cref="AsterisellException"><c>GitTooOld</c>.</exception>
    public static async Task RequireAsync(GitProgram git, CancellationToken cancellation)
    {
        string answer = (await git.RequireAsync(["version"], cancellation).ConfigureAwait(false)).Text;
        if (Parse(answer) is not { } version || version < Oldest)
        {
            throw GitErrors.GitTooOld(answer, Oldest.ToString());
        }
    }

    [GeneratedRegex(@"(\d{1,5})\.(\d{1,5})", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
