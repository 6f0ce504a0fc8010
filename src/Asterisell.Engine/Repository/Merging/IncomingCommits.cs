using System.Globalization;
using System.Text;
using Asterisell.Engine.Repository.Git;

namespace Asterisell.Engine.Repository.Merging;

/// <summary>Reads commits from <c>git log</c>.</summary>
internal static class IncomingCommits
{
    /// <summary>Name, author, date, subject, a NUL behind each: none of them can hold one.</summary>
    private const string Format = "--format=%H%x00%an%x00%aI%x00%s%x00";

    /// <summary>Commits of a range, newest first.</summary>
    public static async Task<IReadOnlyList<RepositoryCommit>> ReadAsync(Checkout checkout, IEnumerable<string> range, CancellationToken cancellation)
    {
        GitOutput output = await checkout.Git.RequireAsync(
            ["-c", "i18n.logOutputEncoding=UTF-8", "log", "--no-show-signature", "--no-color", "--no-decorate", Format, .. range, "--"], cancellation).ConfigureAwait(false);
        string[] fields = Encoding.UTF8.GetString(output.Bytes).Split('\0');
        return [.. Enumerable.Range(0, fields.Length / 4).Select(at => Commit(fields.AsSpan(at * 4, 4)))];
    }

    private static RepositoryCommit Commit(ReadOnlySpan<string> fields) => new(
        fields[0].Trim('\n'), GitText.Name(fields[1]), DateTimeOffset.Parse(fields[2], CultureInfo.InvariantCulture), GitText.Name(fields[3]));
}
