namespace Asterisell;

/// <summary>How deep a backup is tested. Each level contains the ones before it.</summary>
public enum BackupTestLevel
{
    /// <summary>The manifest agrees with its checksum and with itself; every file is there with its size and is private. Reads no content.</summary>
    Manifest,

    /// <summary>Every byte is read: SHA-256 of every file, the compression, the dump's last line, rows of every table counted again.</summary>
    Content,

    /// <summary>
    /// Restored into a throw-away container of the instance's image, without network, mail and jobs: rows of every table compared there, and both
    /// web applications asked.
    /// </summary>
    Restore,
}
