namespace Asterisell.Engine.Backup;

/// <summary>Where and how a backup is made.</summary>
/// <param name="Destination">Folder; below it <c>HOST/INSTANCE/SNAPSHOT/</c>.</param>
public sealed record BackupOptions(string Destination)
{
    /// <summary>Longest wait for a job pass to end, where tables need that nothing runs, and before the application's own backup.</summary>
    public TimeSpan JobLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Makes the application back itself up first.</summary>
    public bool RunApplicationBackup { get; init; }

    /// <summary>Told why the application did not back itself up. The snapshot is made all the same: it holds the database itself.</summary>
    public Action<AsterisellException>? OnOwnBackupFailed { get; init; }

    /// <summary>
    /// Streams of the database that are read at once: 1 for one mysqldump of everything; else the large tables by a process each, at most 4.
    /// More than cores only take processor time from the billing.
    /// </summary>
    public int Streams { get; init; } = 2;

    /// <summary>
    /// What was masked in this database before. Then nothing but the database is taken, without its accounts: files, the inventory's settings and
    /// password hashes can't be masked. Null for a backup.
    /// </summary>
    internal SanitizeSummary? Sanitized { get; init; }
}
