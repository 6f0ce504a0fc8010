namespace Asterisell;

/// <summary>What was masked in a copy.</summary>
public sealed record SanitizeSummary
{
    /// <summary>Columns that were masked or emptied, as <c>table.column</c>.</summary>
    public required IReadOnlyList<string> MaskedColumns { get; init; }

    /// <summary>Tables whose rows were removed.</summary>
    public required IReadOnlyList<string> EmptiedTables { get; init; }

    /// <summary>Columns that no rule knows and that stayed as they are, because the operator said so.</summary>
    public required IReadOnlyList<string> AllowedColumns { get; init; }

    /// <summary>Rows that were changed.</summary>
    public required long MaskedRows { get; init; }

    /// <summary>Time it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>In a few words.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{MaskedColumns.Count} columns in {MaskedRows} rows masked, {EmptiedTables.Count} tables emptied");
}
