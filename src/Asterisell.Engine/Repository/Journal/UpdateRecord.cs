namespace Asterisell.Engine.Repository.Journal;

/// <summary>What an update writes down before it touches anything, so that the state before can be brought back whatever happens.</summary>
internal sealed record UpdateRecord
{
    /// <summary>UTC.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>Branch that is updated, as <c>refs/heads/…</c>.</summary>
    public required string Branch { get; init; }

    /// <summary>Its commit before.</summary>
    public required string Before { get; init; }

    /// <summary>Commit that is merged.</summary>
    public required string Incoming { get; init; }

    /// <summary>Tree that the merge leaves by itself.</summary>
    public required string Tree { get; init; }

    /// <summary>Top of the operator's stash before; null where it was empty.</summary>
    public string? Stash { get; init; }

    /// <summary>Files that were changed and not committed, as they were.</summary>
    public required IReadOnlyList<SavedFile> Files { get; init; }

    /// <summary>Files that the merge brings and that were not there before.</summary>
    public required IReadOnlyList<string> Arriving { get; init; }

    /// <summary>What <c>git status</c> said of tracked files; the state that comes back must say the same.</summary>
    public required IReadOnlyList<string> Status { get; init; }
}

/// <summary>A changed file as it was.</summary>
/// <param name="Path">Path below the checkout.</param>
/// <param name="Copy">Name of the copy in the journal's folder; null where the file was deleted, or is a link.</param>
/// <param name="Link">Where a symbolic link led; null for others.</param>
/// <param name="Mode">Permissions (Unix); null elsewhere.</param>
/// <param name="Sha256">Of the copy.</param>
internal sealed record SavedFile(string Path, string? Copy, string? Link, int? Mode, string? Sha256);
