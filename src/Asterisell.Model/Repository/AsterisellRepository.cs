namespace Asterisell;

/// <summary>A checkout that instances are managed from.</summary>
public sealed record AsterisellRepository
{
    /// <summary>Full path of its top folder.</summary>
    public required string RepositoryPath { get; init; }

    /// <summary>What it is in the midst of.</summary>
    public required RepositoryStatus Status { get; init; }

    /// <summary>Branch; null where none is checked out.</summary>
    public string? Branch { get; init; }

    /// <summary>Commit that is checked out; null before the first one.</summary>
    public string? Commit { get; init; }

    /// <summary>Branch that new versions come from, such as <c>origin/main</c>; null without.</summary>
    public string? Upstream { get; init; }

    /// <summary>Commits that the upstream does not have; null where it cannot be told.</summary>
    public int? Ahead { get; init; }

    /// <summary>Commits that the upstream has more, as it was at <see cref="FetchedAt"/>; null where it cannot be told.</summary>
    public int? Behind { get; init; }

    /// <summary>When new versions were last asked for, UTC; null where that was never, or with the clone.</summary>
    public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>First line of the file <c>VERSION</c>; null without.</summary>
    public string? Version { get; init; }

    /// <summary>Tracked files that differ from the commit.</summary>
    public IReadOnlyList<RepositoryChange> Changes { get; init; } = [];

    /// <summary>Files that git does not know and does not ignore.</summary>
    public IReadOnlyList<string> Untracked { get; init; } = [];

    /// <summary>Files that git could not merge.</summary>
    public IReadOnlyList<string> Conflicts { get; init; } = [];

    /// <summary>Passwords and keys in clear that are about to be committed.</summary>
    public IReadOnlyList<RepositorySecret> Secrets { get; init; } = [];

    /// <summary>Instances, as <c>host/name</c>, whose application is taken from it.</summary>
    public IReadOnlyList<string> Instances { get; init; } = [];

    /// <summary>True where only a part of the history is there.</summary>
    public bool IsShallow { get; init; }

    /// <summary>True where the files are those of the commit and nothing is under way: fit to be deployed.</summary>
    public bool IsClean => Status == RepositoryStatus.Clean;

    /// <summary>What is to be seen to; empty where nothing is.</summary>
    public string Message { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => RepositoryPath;
}
