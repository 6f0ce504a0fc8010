namespace Asterisell;

/// <summary>Why an instance's backups deserve a look.</summary>
public enum StaleReason
{
    /// <summary>There is none at all, or no place where one could be.</summary>
    NoBackup,

    /// <summary>The newest whole one is older than allowed.</summary>
    TooOld,

    /// <summary>The newest one can't be read or does not agree with its checksum.</summary>
    Damaged,

    /// <summary>None of them was ever read in full and found good.</summary>
    NeverProven,

    /// <summary>The newest proven one is older than allowed.</summary>
    ProofTooOld,

    /// <summary>The newest one that was tested did not pass.</summary>
    ProofFailed,

    /// <summary>The newest one has less than half of the rows, calls or bytes that the ones before it had.</summary>
    MuchSmaller,

    /// <summary>A backup is dated in the future: the clock of the machine that made it was wrong, and its age says nothing.</summary>
    FromTheFuture,

    /// <summary>The place can't be read, so nothing is known.</summary>
    Unreadable,
}
