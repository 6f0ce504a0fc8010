namespace Asterisell;

/// <summary>One file that git could not merge by itself, there or foreseen.</summary>
public sealed record AsterisellConflict
{
    /// <summary>Full path of the checkout.</summary>
    public required string RepositoryPath { get; init; }

    /// <summary>Path below the checkout, with slashes.</summary>
    public required string Path { get; init; }

    /// <summary>What the two sides did to it.</summary>
    public required ConflictKind Kind { get; init; }

    /// <summary>Whether committed or uncommitted work is contradicted.</summary>
    public ConflictSource Source { get; init; }

    /// <summary>The places in the file; empty for a binary file, and where one side deleted it.</summary>
    public IReadOnlyList<ConflictHunk> Hunks { get; init; } = [];

    /// <summary>True for a file that is no text.</summary>
    public bool IsBinary { get; init; }

    /// <summary>Instances, as <c>host/name</c>, that the file goes into or whose settings it holds.</summary>
    public IReadOnlyList<string> Instances { get; init; } = [];

    /// <summary>True while it is only foreseen.</summary>
    public bool IsForeseen { get; init; }

    /// <summary>How it was decided; null while it is not.</summary>
    public ConflictChoice? Resolution { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
