using Asterisell.Engine.Instances;
using Asterisell.Engine.Repository.Git;

namespace Asterisell.Engine.Deployment.Drift;

/// <summary>
/// Which paths the history of a checkout has. A checkout without a history knows none; then every unknown file is an operator's, which keeps it.
/// </summary>
/// <param name="folder">Checkout, or a folder in it.</param>
internal sealed class GitHistory(string folder)
{
    private const int LongestPath = 64 * 1024;

    /// <summary>Those of the paths that some commit had.</summary>
    public async Task<IReadOnlySet<string>> FindAsync(IReadOnlyCollection<string> paths, CancellationToken cancellation)
    {
        HashSet<string> asked = [.. paths];
        HashSet<string> found = [];
        try
        {
            (int exitCode, _) = await new GitProgram(folder, interactive: false).RunAsync(
                ["-c", "log.showRoot=true", "log", "--format=", "--name-only", "--no-renames", "--relative", "-z", "HEAD"],
                default, null, output => ReadAsync(output, asked, found, cancellation), cancellation).ConfigureAwait(false);
            return exitCode == 0 ? found : new HashSet<string>();
        }
        catch (AsterisellException)
        {
            return new HashSet<string>();
        }
    }

    private static async Task ReadAsync(Stream output, HashSet<string> asked, HashSet<string> found, CancellationToken cancellation)
    {
        var names = new DelimitedBytes(0, LongestPath * 2);
        byte[] buffer = new byte[LongestPath];
        int read;
        while ((read = await output.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
        {
            names.Add(buffer.AsSpan(0, read));
            while (names.TryTake(out ReadOnlyMemory<byte>? name))
            {
                string path = ByteText.Decode(name.Value.Span);
                if (asked.Contains(path))
                {
                    found.Add(path);
                }
            }
        }
    }
}
