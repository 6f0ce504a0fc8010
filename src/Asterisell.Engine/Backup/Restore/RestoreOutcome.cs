namespace Asterisell.Engine.Backup.Restore;

/// <summary>What a replacement of data did, for whoever tells it.</summary>
internal sealed record RestoreOutcome
{
    /// <summary>Parts that were replaced.</summary>
    public required RestoreContent Replaced { get; init; }

    /// <summary>Rows of each table as they are now; empty where no database came in.</summary>
    public required IReadOnlyDictionary<string, long> Rows { get; init; }

    /// <summary>Backup of the data from before; null where none was made.</summary>
    public AsterisellBackup? Safety { get; init; }

    /// <summary>Upgrade jobs that were applied.</summary>
    public required IReadOnlyList<string> AppliedUpgradeJobs { get; init; }

    /// <summary>What was masked; null where nothing was.</summary>
    public SanitizeSummary? Sanitized { get; init; }

    /// <summary>What an operator should know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Rows of <c>ar_cdr</c>.</summary>
    public long CallCount => Rows.GetValueOrDefault("ar_cdr");
}
