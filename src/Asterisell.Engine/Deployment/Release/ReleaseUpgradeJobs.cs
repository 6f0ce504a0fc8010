using System.Text.RegularExpressions;
using Asterisell.Engine.Deployment.Templates;

namespace Asterisell.Engine.Deployment.Release;

/// <summary>
/// Upgrade jobs that a release brings. The original says them in the old tool's own program, <c>fabric_data/lib.py</c>, field
/// <c>default_upgrade_jobs</c>; here <c>app.yml</c> is made from the inventory, so a job that the inventory does not list would never be applied.
/// </summary>
internal static partial class ReleaseUpgradeJobs
{
    private const string File = "fabric_data/lib.py";
    private const int LargestBytes = 4 * 1024 * 1024;

    /// <summary>Jobs of the release that an instance's settings do not list, in the release's order.</summary>
    /// <param name="folder">Checkout.</param>
    /// <param name="jobs">Settings of the instance.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<IReadOnlyList<string>> FindUnlistedAsync(string folder, JobSettings jobs, CancellationToken cancellation)
    {
        FileInfo program = new(Path.Combine(folder, File));
        if (!program.Exists || program.Length > LargestBytes)
        {
            return [];
        }

        try
        {
            string text = await System.IO.File.ReadAllTextAsync(program.FullName, cancellation).ConfigureAwait(false);
            HashSet<string> listed = [.. JobLists.Upgrade(jobs)];
            return [.. Read(text).Where(listed.Add)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ReleaseErrors.SourceNotReadable(program.FullName, failure);
        }
    }

    /// <summary>The jobs that the old tool's program names.</summary>
    internal static IEnumerable<string> Read(string text) =>
        Field().Match(text) is { Success: true } field ? Word().Matches(Comment().Replace(field.Groups[1].Value, "")).Select(word => word.Groups[1].Value) : [];

    [GeneratedRegex(@"^[ \t]*default_upgrade_jobs[ \t]*=[ \t]*\[([^\]]*)\]", RegexOptions.Multiline)]
    private static partial Regex Field();

    [GeneratedRegex("#[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"['""](\w+)['""]")]
    private static partial Regex Word();
}
