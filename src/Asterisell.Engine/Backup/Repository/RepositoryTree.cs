using System.Globalization;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Inventory;

namespace Asterisell.Engine.Backup.Repository;

/// <summary>One thing in the management directory.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Size">Bytes of a file.</param>
/// <param name="ModifiedAt">UTC.</param>
/// <param name="Stamp">Equal for two looks between which it did not change.</param>
/// <param name="Target">Of a link.</param>
internal sealed record RepositoryItem(string Path, SnapshotEntryKind Kind, long Size, DateTimeOffset ModifiedAt, string Stamp, string? Target)
{
    /// <summary>Permission bits, octal; null on Windows.</summary>
    public string? Mode { get; init; }

    /// <summary>Number of the owner; null on Windows.</summary>
    public long? Owner { get; init; }
}

/// <summary>Lists the management directory.</summary>
internal static class RepositoryTree
{
    /// <exception cref="AsterisellException"><c>RepositoryFileNotReadable</c>.</exception>
    /// <summary>Everything, folders before what is in them; links are not followed. The inventory of a large checkout is some ten megabytes.</summary>
    public static List<RepositoryItem> Scan(RepositorySources sources, CancellationToken cancellation)
    {
        List<RepositoryItem> items = [];
        foreach (string root in sources.Roots)
        {
            Add(File.Exists(root) ? new FileInfo(root) : new DirectoryInfo(root), sources, items, cancellation);
        }

        return items;
    }

    /// <summary>Names what differs between two looks.</summary>
    public static IReadOnlyList<string> Compare(List<RepositoryItem> before, List<RepositoryItem> after)
    {
        Dictionary<string, string> stamps = before.ToDictionary(item => item.Path, item => item.Stamp);
        List<string> differing = [];
        foreach (RepositoryItem item in after)
        {
            if (!stamps.Remove(item.Path, out string? stamp) || stamp != item.Stamp)
            {
                differing.Add(item.Path);
            }
        }

        return [.. differing, .. stamps.Keys];
    }

    private static void Add(FileSystemInfo found, RepositorySources sources, List<RepositoryItem> items, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (sources.IsExcluded(found.FullName))
        {
            return;
        }

        try
        {
            items.Add(Describe(found));
            if (found is DirectoryInfo { LinkTarget: null } folder)
            {
                foreach (FileSystemInfo below in folder.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
                {
                    Add(below, sources, items, cancellation);
                }
            }
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // Between the listing of its folder and this look; the second look notices.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw RepositoryErrors.RepositoryFileNotReadable(found.FullName, failure);
        }
    }

    private static RepositoryItem Describe(FileSystemInfo found)
    {
        string time = found.LastWriteTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture);
        if (found.LinkTarget is { } target)
        {
            return new RepositoryItem(found.FullName, SnapshotEntryKind.Link, 0, found.LastWriteTimeUtc, target, target);
        }

        UnixFile? unix = UnixFile.Find(found.FullName);
        RepositoryItem item = found is DirectoryInfo
            ? new RepositoryItem(found.FullName, SnapshotEntryKind.Directory, 0, found.LastWriteTimeUtc, "folder", null)
            : unix is { IsRegular: false }
                ? new RepositoryItem(found.FullName, SnapshotEntryKind.Special, 0, found.LastWriteTimeUtc, "special", null)
                : new RepositoryItem(found.FullName, SnapshotEntryKind.File, ((FileInfo)found).Length, found.LastWriteTimeUtc, $"{time}:{unix?.Stamp}", null);
        return item with
        {
            Owner = unix?.Owner,
            Mode = OperatingSystem.IsWindows() ? null : Convert.ToString((int)File.GetUnixFileMode(found.FullName), 8).PadLeft(4, '0'),
        };
    }
}
