namespace Asterisell;

/// <summary>How a backup target keeps its backups.</summary>
public enum BackupTargetKind
{
    /// <summary>A folder with a subfolder for each snapshot; needs no other program.</summary>
    Directory,

    /// <summary>A mirror with reverse increments, made by rdiff-backup.</summary>
    RdiffBackup,

    /// <summary>An encrypted, deduplicated repository, made by restic.</summary>
    Restic,
}
