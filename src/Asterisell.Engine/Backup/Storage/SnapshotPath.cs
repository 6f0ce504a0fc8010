namespace Asterisell.Engine.Backup.Storage;

/// <summary>Relative paths inside a snapshot, with <c>/</c> on every system.</summary>
internal static class SnapshotPath
{
    /// <summary>
    /// True for a path that can only mean something below the snapshot: relative, no empty segment, no <c>.</c> or <c>..</c>, no backslash
    /// or colon (another system would read them as separators), no control character.
    /// </summary>
    public static bool IsSafe(string path)
    {
        if (path.Length == 0 || path.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0 || path.AsSpan().IndexOfAny('\\', ':') >= 0)
        {
            return false;
        }

        foreach (string segment in path.Split('/'))
        {
            if (segment.Length == 0 || segment is "." or "..")
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The path in the file system of a path that <see cref="IsSafe"/> accepts.</summary>
    public static string Combine(string folder, string path) =>
        Path.Combine(folder, Path.DirectorySeparatorChar == '/' ? path : path.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>
    /// True for a host or instance name that can be a folder: what the inventory allows, and nothing that hides, climbs or breaks a line.
    /// </summary>
    public static bool IsSafeFolderName(string name) =>
        name.Length is > 0 and <= 255 && name[0] != '.' && IsSafe(name) && !name.Contains('/') && !name.AsSpan().Contains('\x7f');
}
