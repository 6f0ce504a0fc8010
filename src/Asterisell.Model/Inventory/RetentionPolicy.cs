namespace Asterisell;

/// <summary>What is kept when old backups are removed: a backup stays when any of the rules wants it. Without a rule, everything stays.</summary>
public sealed record RetentionPolicy
{
    /// <summary>Keep the newest backups, whatever their age.</summary>
    [Setting(Unit = "backups", Minimum = 1, Maximum = 100_000, DefaultText = "no such rule")]
    public int? KeepLast { get; init; }

    /// <summary>Keep everything that is at most so much older than the newest good backup. The only rule that rdiff-backup knows.</summary>
    [Setting(Legacy = "getRemoveOlderThanDays", Unit = "days", Minimum = 1, Maximum = 100_000, DefaultText = "no such rule")]
    public int? KeepWithinDays { get; init; }

    /// <summary>Keep the last backup of each of the newest days that have one.</summary>
    [Setting(Unit = "backups", Minimum = 1, Maximum = 100_000, DefaultText = "no such rule")]
    public int? KeepDaily { get; init; }

    /// <summary>Keep the last backup of each of the newest weeks that have one.</summary>
    [Setting(Unit = "backups", Minimum = 1, Maximum = 100_000, DefaultText = "no such rule")]
    public int? KeepWeekly { get; init; }

    /// <summary>Keep the last backup of each of the newest months that have one.</summary>
    [Setting(Unit = "backups", Minimum = 1, Maximum = 100_000, DefaultText = "no such rule")]
    public int? KeepMonthly { get; init; }

    /// <summary>Keep the last backup of each of the newest years that have one.</summary>
    [Setting(Unit = "backups", Minimum = 1, Maximum = 100_000, DefaultText = "no such rule")]
    public int? KeepYearly { get; init; }
}
