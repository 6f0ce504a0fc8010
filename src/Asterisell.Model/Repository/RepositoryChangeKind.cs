namespace Asterisell;

/// <summary>How a file differs from the last commit.</summary>
public enum RepositoryChangeKind
{
    /// <summary>Its content, mode or type.</summary>
    Modified,

    /// <summary>It is new, and git was told of it.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Deleted,

    /// <summary>A submodule that is at another commit, or has changes of its own.</summary>
    Submodule,
}
