namespace Asterisell;

/// <summary>What bringing a checkout up to date did, or would do.</summary>
public sealed record RepositoryUpdate
{
    /// <summary>Full path of the checkout.</summary>
    public required string RepositoryPath { get; init; }

    /// <summary>Branch that is brought up to date.</summary>
    public required string Branch { get; init; }

    /// <summary>Branch that new versions come from, such as <c>origin/main</c>.</summary>
    public required string Upstream { get; init; }

    /// <summary>How it ended.</summary>
    public required RepositoryUpdateStatus Status { get; init; }

    /// <summary>Commit of the branch before.</summary>
    public required string Before { get; init; }

    /// <summary>Commit of the branch now; the same as before where it was only foreseen, or waits for decisions.</summary>
    public required string After { get; init; }

    /// <summary>First line of the file <c>VERSION</c> before; null without.</summary>
    public string? VersionBefore { get; init; }

    /// <summary>First line of the file <c>VERSION</c> of the merged tree; null without.</summary>
    public string? VersionAfter { get; init; }

    /// <summary>True where the branch had no commits of its own.</summary>
    public bool IsFastForward { get; init; }

    /// <summary>Commits that come in, newest first.</summary>
    public IReadOnlyList<RepositoryCommit> Commits { get; init; } = [];

    /// <summary>Files that the merge changes, adds or deletes.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Files that git cannot merge by itself: now, or as foreseen.</summary>
    public IReadOnlyList<AsterisellConflict> Conflicts { get; init; } = [];

    /// <summary>Instances, as <c>host/name</c>, that changed files go into or whose settings they hold.</summary>
    public IReadOnlyList<string> Instances { get; init; } = [];

    /// <summary>Changed files of the operator that are in no commit and were, or would be, put aside meanwhile.</summary>
    public IReadOnlyList<string> LocalChanges { get; init; } = [];

    /// <summary>What to do next; empty where nothing is to be done.</summary>
    public string Message { get; init; } = "";
}
