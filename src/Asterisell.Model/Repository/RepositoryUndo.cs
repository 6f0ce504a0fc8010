namespace Asterisell;

/// <summary>What was brought back after an update was aborted.</summary>
public sealed record RepositoryUndo
{
    /// <summary>Full path of the checkout.</summary>
    public required string RepositoryPath { get; init; }

    /// <summary>Branch.</summary>
    public required string Branch { get; init; }

    /// <summary>Its commit, as before the update.</summary>
    public required string Commit { get; init; }

    /// <summary>Uncommitted files that are back as they were.</summary>
    public IReadOnlyList<string> LocalChanges { get; init; } = [];

    /// <summary>Folder with what was edited since the update began and is no longer in the checkout; null where there is nothing.</summary>
    public string? KeptPath { get; init; }

    /// <summary>Those files.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];
}
