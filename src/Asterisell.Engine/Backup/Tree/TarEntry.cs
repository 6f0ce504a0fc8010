namespace Asterisell.Engine.Backup.Tree;

/// <summary>One entry of a tar. Names are bytes: file names of a Unix system need not be text.</summary>
internal sealed record TarEntry
{
    public required byte[] Name { get; init; }

    public required TarEntryKind Kind { get; init; }

    public required long Size { get; init; }

    /// <summary>Permission bits.</summary>
    public required int Mode { get; init; }

    public required long UserId { get; init; }

    public required long GroupId { get; init; }

    public required string Owner { get; init; }

    public required string Group { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Target of a link; empty for others.</summary>
    public required byte[] LinkName { get; init; }
}

/// <summary>What an entry of a tar is.</summary>
internal enum TarEntryKind
{
    File,
    Directory,
    SymbolicLink,

    /// <summary>A second name of a file that came before.</summary>
    HardLink,

    /// <summary>Device or pipe.</summary>
    Special,
}
