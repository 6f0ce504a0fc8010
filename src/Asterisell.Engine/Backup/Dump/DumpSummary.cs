namespace Asterisell.Engine.Backup.Dump;

/// <summary>What a dump holds, read from its text alone.</summary>
internal sealed record DumpSummary
{
    /// <summary>Bytes of text.</summary>
    public required long TextBytes { get; init; }

    /// <summary>First comment line: the program that wrote it; empty when there is none.</summary>
    public required string Program { get; init; }

    /// <summary>Rows of each table that it fills, by name; 0 where it locks one and has no row for it.</summary>
    public required IReadOnlyDictionary<string, long> Rows { get; init; }

    /// <summary>Tables that it creates.</summary>
    public required IReadOnlySet<string> Tables { get; init; }

    public required IReadOnlySet<string> Views { get; init; }

    public required IReadOnlySet<string> Triggers { get; init; }

    /// <summary>Procedures and functions.</summary>
    public required IReadOnlySet<string> Routines { get; init; }

    public required IReadOnlySet<string> Events { get; init; }

    /// <summary>What is wrong with it: the end is missing, a statement is cut. Null when it is whole.</summary>
    public required string? Damage { get; init; }
}
