namespace Asterisell.Engine.Backup.Capture;

/// <summary>Which directories and files of the container belong into a backup, and what stays out.</summary>
/// <remarks>docs/decisions tells why for each; the first three are what the application's own remote backup takes.</remarks>
internal static class BackupSources
{
    /// <summary>Directories, by absolute path.</summary>
    public static IReadOnlyList<string> DirectoriesOf(AsterisellInstance instance) =>
    [
        "/etc",
        $"{instance.AdminDirectory}/web/uploads",
        $"{instance.AdminDirectory}/data_files/messages/backup",
        $"{instance.AdminDirectory}/data_files/messages/input",
        $"{instance.AdminDirectory}/config",
        $"{instance.AdminDirectory}/apps/asterisell/config",
        $"{instance.UserDirectory}/config",
    ];

    /// <summary>The application's version; the file stands in the tree too.</summary>
    public static string VersionFileOf(AsterisellInstance instance) => $"{instance.AdminDirectory}/VERSION";

    /// <summary>For the manifest: what a restore must bring from elsewhere.</summary>
    public static IReadOnlyList<string> LeftOut { get; } =
    [
        "rows of the scratch tables, which the application empties and fills again while it works",
        "data_files/messages/archive: imported CDR files, whose content is in ar_source_cdr",
        "the application's code and rate engine: they come from the checkout of the version named here",
        "caches, logs and generated graphs",
        "/root/.ssh, which is not part of the instance's data",
        "/var/opt/asterisell: files that resellers exchange by WebDAV",
        "symbolic links and devices as such: files.jsonl tells what they were",
    ];

    /// <summary>The same for a snapshot of masked data.</summary>
    public static IReadOnlyList<string> LeftOutOfMasked { get; } =
    [
        "files of every kind: configuration, uploads, /etc and the application's own backups hold passwords and people, and can't be masked",
        "accounts of the database server, with the hashes of their passwords",
        "the inventory's settings of the instance and its container's",
    ];
}
