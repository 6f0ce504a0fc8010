namespace Asterisell.Engine.Backup.Undo;

/// <summary>Which former states are listed, and what is told of each.</summary>
public sealed record UndoQuery
{
    /// <summary>Of what; empty for all kinds.</summary>
    public IReadOnlyList<UndoKind> Kinds { get; init; } = [];

    /// <summary>Rows of these ids; empty for all.</summary>
    public IReadOnlyList<long> Ids { get; init; } = [];

    /// <summary>At most so many of organizations, the newest.</summary>
    public int First { get; init; } = 20;

    /// <summary>Tells what a restore would change.</summary>
    public bool Diff { get; init; }

    /// <summary>Folder on this machine that they are written to; null for none.</summary>
    public string? Destination { get; init; }
}
