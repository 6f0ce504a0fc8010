namespace Asterisell.Engine.Repository.State;

/// <summary>What <c>git status</c> says of a checkout.</summary>
internal sealed record WorkingState
{
    /// <summary>Commit that is checked out; null before the first one.</summary>
    public string? Commit { get; init; }

    /// <summary>Branch; null where none is checked out.</summary>
    public string? Branch { get; init; }

    /// <summary>Upstream branch as git calls it, such as <c>origin/main</c>; null without.</summary>
    public string? Upstream { get; init; }

    /// <summary>Commits that the upstream does not have; null where it cannot be told.</summary>
    public int? Ahead { get; init; }

    /// <summary>Commits that the upstream has more, as far as they were fetched; null where it cannot be told.</summary>
    public int? Behind { get; init; }

    /// <summary>Tracked files that differ from the commit.</summary>
    public IReadOnlyList<RepositoryChange> Changes { get; init; } = [];

    /// <summary>Files that git does not know and does not ignore.</summary>
    public IReadOnlyList<string> Untracked { get; init; } = [];

    /// <summary>Files that git could not merge.</summary>
    public IReadOnlyList<UnmergedFile> Unmerged { get; init; } = [];
}
