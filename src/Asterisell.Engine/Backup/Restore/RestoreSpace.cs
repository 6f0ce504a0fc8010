using System.Globalization;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Restore;

/// <summary>
/// Refuses a restore that cannot fit beside the present data. What is needed is guessed low, so that none is refused that would have fitted; a
/// disk that fills up all the same is undone.
/// </summary>
internal static class RestoreSpace
{
    /// <summary>Free kilobytes where MariaDB and the restore's own folder lie.</summary>
    private const string Script = """
        export LC_ALL=C
        for path in /var/lib/mysql /var/lib; do
          df -Pk -- "$path" 2>/dev/null | { read -r _; read -r _ _ _ free _; printf '%s\n' "${free:-}"; }
        done
        """;

    /// <summary>Compares.</summary>
    /// <exception cref="AsterisellException"><c>RestoreDiskTooSmall</c>.</exception>
    public static async Task RequireAsync(IInstance instance, long databaseBytes, long fileBytes, CancellationToken cancellation)
    {
        CommandOutcome outcome = await instance.Exec.RunAsync(Bash.Command(Script), cancellation).ConfigureAwait(false);
        string[] lines = outcome.OutputText.Split('\n');
        foreach ((string path, int line, long needed) in new[] { ("/var/lib/mysql", 0, databaseBytes), ("/var/lib", 1, fileBytes) })
        {
            if (lines.Length > line && long.TryParse(lines[line], NumberStyles.None, CultureInfo.InvariantCulture, out long free) && free * 1024 < needed)
            {
                throw RestoreErrors.RestoreDiskTooSmall(instance.Definition, path, free * 1024, needed);
            }
        }
    }
}
