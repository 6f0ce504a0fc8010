namespace Asterisell.Engine.Backup.Sanitize;

/// <summary>A table of a database, and what is to be done to it.</summary>
internal sealed record SanitizeTable
{
    public required string Name { get; init; }

    /// <summary>True where its rows go.</summary>
    public bool Emptied { get; init; }

    /// <summary>Columns to change.</summary>
    public IReadOnlyList<SanitizeColumn> Masked { get; init; } = [];

    /// <summary>Columns of whole numbers and money, which must come out as they went in.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    /// <summary>The column of a primary key of one integer column, to go through a large table in ranges; else null.</summary>
    public string? Key { get; init; }
}

/// <summary>A column to change.</summary>
/// <param name="Name">Name.</param>
/// <param name="Rule">How.</param>
/// <param name="Nullable">Whether it takes NULL.</param>
internal sealed record SanitizeColumn(string Name, SanitizeRule Rule, bool Nullable);
