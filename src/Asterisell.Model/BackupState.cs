namespace Asterisell;

/// <summary>What is known of a backup without reading its content.</summary>
public enum BackupState
{
    /// <summary>Visible, so it was whole when it was written; its manifest agrees with its checksum.</summary>
    Complete,

    /// <summary>Its manifest is missing, unreadable or does not agree with its checksum.</summary>
    Damaged,

    /// <summary>Not made: nothing of it is visible in the destination.</summary>
    Failed,
}
