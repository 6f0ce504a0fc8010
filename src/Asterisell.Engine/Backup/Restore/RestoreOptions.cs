using Asterisell.Engine.Backup.Sanitize;

namespace Asterisell.Engine.Backup.Restore;

/// <summary>What is restored, and how.</summary>
public sealed record RestoreOptions
{
    /// <summary>What the manual's restore brings back; the configuration comes from the inventory.</summary>
    public const RestoreContent Usual = RestoreContent.Database | RestoreContent.Uploads;

    /// <summary>Parts of the backup.</summary>
    public RestoreContent Include { get; init; } = Usual;

    /// <summary>Single tables in place of the whole database; empty for all.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>Folder for the backup of the present data; null for none.</summary>
    public string? SafetyDestination { get; init; }

    /// <summary>How the data are masked before they take their place, with the jobs left locked; null for data as they are. Database only.</summary>
    public SanitizeOptions? Sanitize { get; init; }

    /// <summary>Applies the upgrade jobs that the backup is older than; not where the very data from before are wanted.</summary>
    public bool ApplyUpgradeJobs { get; init; } = true;

    /// <summary>Longest wait for a running job pass.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromMinutes(10);
}
