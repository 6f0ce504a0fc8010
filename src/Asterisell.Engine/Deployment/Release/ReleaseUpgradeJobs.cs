using System.Text.RegularExpressions;

namespace Asterisell.Engine.Deployment.Release;

/// <summary>
/// Upgrade jobs that a release brings. The original says them in the old tool's own program, <c>fabric_data/lib.py</c>, field
/// <c>default_upgrade_jobs</c>; here <c>app.yml</c> is made from the inventory, and a job that it does not list would never be applied.
/// </summary>
internal static partial class ReleaseUpgradeJobs
{
    private const string Program = "fabric_data/lib.py";
    private const int LargestBytes = 4 * 1024 * 1024;

    /// <summary>The jobs of a checkout, in its order; none where it does not say.</summary>
    /// <param name="folder">Checkout.</param>
    public static IReadOnlyList<string> Find(string folder)
    {
        FileInfo program = new(Path.Combine(folder, Program));
        return program is { Exists: true, Length: <= LargestBytes } ? [.. Read(File.ReadAllText(program.FullName))] : [];
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
