using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Restore.Files;

namespace Asterisell.Engine.Backup.Restore;

/// <summary>Which files of a backup go where, and what becomes of those that are there.</summary>
/// <param name="source">The backup.</param>
/// <param name="instance">Instance that is restored into.</param>
/// <param name="include">Parts that are wanted.</param>
internal sealed class RestoreFiles(IRestoreSource source, AsterisellInstance instance, RestoreContent include)
{
    /// <summary>Docker writes these whenever a container starts.</summary>
    private static readonly string[] Dockers = ["/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/etc/mtab"];

    private readonly FilePlace[] _places = [.. PlacesOf(instance, include)];

    /// <summary>True when some files are wanted.</summary>
    public bool IsWanted => _places.Length > 0;

    /// <summary>Directories of the container.</summary>
    public IReadOnlyList<FilePlace> Places => _places;

    /// <summary>Bytes of the chosen files.</summary>
    public long SizeBytes => source.Directories.Where(one => Translate(one.Path) is { } path && FindPlace(path) is not null).Sum(one => one.SizeBytes);

    private bool IsOther => source.Origin.Name != instance.Name || source.Origin.Host != instance.HostName;

    /// <summary>Where a file of the backup goes; null where it is not wanted.</summary>
    public string? Rename(SnapshotEntry entry) =>
        Translate(entry.Source!) is { } path && FindPlace(path) is not null && !StaysOwn(path) ? path : null;

    /// <summary>Refuses what would make the instance another one.</summary>
    public void Check()
    {
        if (include.HasFlag(RestoreContent.Etc) && IsOther)
        {
            throw RestoreErrors.RestoreEtcOfOther(instance, $"{source.Origin.Host}/{source.Origin.Name}");
        }
    }

    private static IEnumerable<FilePlace> PlacesOf(AsterisellInstance instance, RestoreContent include)
    {
        string admin = instance.AdminDirectory;
        if (include.HasFlag(RestoreContent.Uploads))
        {
            yield return new FilePlace($"{admin}/web/uploads", FilePlaceMode.Replace);
            yield return new FilePlace($"{admin}/data_files/messages/input", FilePlaceMode.Add);
            yield return new FilePlace($"{admin}/data_files/messages/backup", FilePlaceMode.Add);
        }

        if (include.HasFlag(RestoreContent.Configuration))
        {
            yield return new FilePlace($"{admin}/config", FilePlaceMode.Overlay);
            yield return new FilePlace($"{admin}/apps/asterisell/config", FilePlaceMode.Overlay);
            yield return new FilePlace($"{instance.UserDirectory}/config", FilePlaceMode.Overlay);
        }

        if (include.HasFlag(RestoreContent.Etc))
        {
            yield return new FilePlace("/etc", FilePlaceMode.Overlay);
        }
    }

    private FilePlace? FindPlace(string path) => _places.FirstOrDefault(place => path == place.Path || path.StartsWith(place.Path + "/", StringComparison.Ordinal));

    /// <summary>Passwords of the database are those of the MariaDB that runs; another instance keeps its own settings.</summary>
    private bool StaysOwn(string path) =>
        Dockers.Contains(path)
        || path == $"{instance.AdminDirectory}/config/databases.yml" || path == $"{instance.UserDirectory}/config/databases.yml"
        || (IsOther && path == $"{instance.AdminDirectory}/apps/asterisell/config/app.yml");

    private string? Translate(string path)
    {
        foreach ((string from, string to) in new[] { (source.AdminDirectory, instance.AdminDirectory), (source.UserDirectory, instance.UserDirectory) })
        {
            if (path == from || path.StartsWith(from + "/", StringComparison.Ordinal))
            {
                return to + path[from.Length..];
            }
        }

        return path == "/etc" || path.StartsWith("/etc/", StringComparison.Ordinal) ? path : null;
    }
}
