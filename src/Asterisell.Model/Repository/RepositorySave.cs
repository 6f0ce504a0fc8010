namespace Asterisell;

/// <summary>What was committed.</summary>
public sealed record RepositorySave
{
    /// <summary>Full path of the checkout.</summary>
    public required string RepositoryPath { get; init; }

    /// <summary>Branch.</summary>
    public string? Branch { get; init; }

    /// <summary>The commit; null where there was nothing to commit.</summary>
    public RepositoryCommit? Commit { get; init; }

    /// <summary>True where it concluded a merge.</summary>
    public bool IsMerge { get; init; }

    /// <summary>Files in it; of a merge, those that it changed on the branch.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Conflicts of uncommitted work that came back after the merge and does not fit the new version.</summary>
    public IReadOnlyList<AsterisellConflict> Conflicts { get; init; } = [];

    /// <summary>What to do next; empty where nothing is to be done.</summary>
    public string Message { get; init; } = "";
}
