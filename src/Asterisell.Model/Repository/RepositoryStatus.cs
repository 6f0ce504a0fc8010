namespace Asterisell;

/// <summary>What a checkout is in the midst of.</summary>
public enum RepositoryStatus
{
    /// <summary>Nothing changed, nothing untracked, nothing under way.</summary>
    Clean,

    /// <summary>Changed or untracked files wait for a commit.</summary>
    Changed,

    /// <summary>Both sides changed the same lines or files; somebody has to decide.</summary>
    Conflicted,

    /// <summary>A merge whose conflicts are resolved waits for its commit.</summary>
    Merging,

    /// <summary>An update was killed in the middle; <c>Undo-AsterisellRepository</c> brings the state before it back.</summary>
    Interrupted,

    /// <summary>A rebase, cherry-pick, revert or bisection of the operator is under way.</summary>
    Occupied,
}
