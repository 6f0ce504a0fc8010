namespace Asterisell;

/// <summary>Which work of the operator a new version contradicts.</summary>
public enum ConflictSource
{
    /// <summary>What is committed on the operator's branch.</summary>
    Commit,

    /// <summary>What was not committed: it was put aside for the merge and does not fit any more.</summary>
    LocalChange,
}
