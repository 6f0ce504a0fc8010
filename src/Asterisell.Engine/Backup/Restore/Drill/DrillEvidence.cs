namespace Asterisell.Engine.Backup.Restore.Drill;

/// <summary>What a drill saw, kept as JSON beside the verdict. Times are UTC.</summary>
internal sealed record DrillEvidence
{
    public required string Snapshot { get; init; }

    public required string ManifestSha256 { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>From the begin of the reading to the last answer of the web.</summary>
    public required double Seconds { get; init; }

    public required bool Passed { get; init; }

    /// <summary>Docker host that ran it.</summary>
    public required string Host { get; init; }

    /// <summary>Machine that ran the command.</summary>
    public required string Machine { get; init; }

    public required string Image { get; init; }

    /// <summary>Version of the application that answered.</summary>
    public string? Application { get; init; }

    /// <summary>Rows of each table, as counted there.</summary>
    public required IReadOnlyDictionary<string, long> Rows { get; init; }

    /// <summary>Days of the large tables that were compared.</summary>
    public required int Days { get; init; }

    /// <summary>Upgrade jobs that were applied on the way.</summary>
    public required IReadOnlyList<string> AppliedUpgradeJobs { get; init; }

    public WebAnswer? AdminWeb { get; init; }

    public WebAnswer? CustomerWeb { get; init; }

    /// <summary>Steps with their seconds.</summary>
    public required IReadOnlyDictionary<string, double> Steps { get; init; }

    public required IReadOnlyList<string> Findings { get; init; }
}
