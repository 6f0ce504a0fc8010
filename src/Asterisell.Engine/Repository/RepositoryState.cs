namespace Asterisell.Engine.Repository;

/// <summary>What matters of a checkout before something is deployed from it.</summary>
public sealed record RepositoryState
{
    /// <summary>Full path of the top folder.</summary>
    public required string Path { get; init; }

    /// <summary>Commit that is checked out; null before the first one.</summary>
    public string? Commit { get; init; }

    /// <summary>Branch; null where none is checked out.</summary>
    public string? Branch { get; init; }

    /// <summary>What it is in the midst of.</summary>
    public RepositoryStatus Status { get; init; }

    /// <summary>Tracked files that differ from the commit.</summary>
    public IReadOnlyList<RepositoryChange> Changes { get; init; } = [];

    /// <summary>Files that git does not know and does not ignore: they would be deployed too.</summary>
    public IReadOnlyList<string> Untracked { get; init; } = [];

    /// <summary>Files with conflicts.</summary>
    public IReadOnlyList<string> Conflicts { get; init; } = [];

    /// <summary>First line of the file <c>VERSION</c> in the folder that was asked about, else in the top folder; null without.</summary>
    public string? Version { get; init; }

    /// <summary>When an interrupted update was begun; null without.</summary>
    public DateTimeOffset? InterruptedAt { get; init; }

    /// <summary>An operation of the operator that is under way, such as <c>rebase</c>; null for none.</summary>
    public string? Operation { get; init; }

    /// <summary>True where the files are those of the commit, and nothing is under way.</summary>
    public bool IsClean => Status == RepositoryStatus.Clean;

    /// <summary>Refuses a tree of which nobody could tell later what it was.</summary>
    /// <exception cref="AsterisellException">
    /// <c>RepositoryConflicted</c>, <c>UpdateInterrupted</c>, <c>OperationUnderWay</c>, <c>MergeUnderWay</c>, <c>RepositoryNotClean</c>.
    /// </exception>
    public void RequireClean()
    {
        RequireWhole();
        if (Status != RepositoryStatus.Clean)
        {
            throw GitErrors.RepositoryNotClean(Path, [.. Changes.Select(change => change.Path), .. Untracked]);
        }
    }

    /// <summary>Refuses a tree that is between two states: conflicts, an interrupted update, a merge or rebase under way. Uncommitted work may be there.</summary>
    /// <exception cref="AsterisellException"><c>RepositoryConflicted</c>, <c>UpdateInterrupted</c>, <c>OperationUnderWay</c>, <c>MergeUnderWay</c>.</exception>
    public void RequireWhole()
    {
        if (Status == RepositoryStatus.Interrupted)
        {
            throw GitErrors.UpdateInterrupted(Path, InterruptedAt ?? default);
        }

        if (Conflicts.Count > 0)
        {
            throw GitErrors.RepositoryConflicted(Path, Conflicts);
        }

        if (Operation is not null)
        {
            throw GitErrors.OperationUnderWay(Path, Operation);
        }

        if (Status == RepositoryStatus.Merging)
        {
            throw GitErrors.MergeUnderWay(Path);
        }
    }
}
