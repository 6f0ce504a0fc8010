namespace Asterisell.Engine.Backup.Restore.Database;

/// <summary>What a swap of tables moves; it stands in the journal, so that a killed run can be undone from it and from what the server shows.</summary>
internal sealed record SwapPlan
{
    /// <summary>The application's database.</summary>
    public required string Live { get; init; }

    /// <summary>Tables that are there before and are moved aside.</summary>
    public required IReadOnlyList<string> Before { get; init; }

    /// <summary>Tables that come in.</summary>
    public required IReadOnlyList<string> New { get; init; }

    /// <summary>True when the whole database is replaced: then a table that is in neither list was made since, and goes with an undo.</summary>
    public required bool IsWhole { get; init; }
}
