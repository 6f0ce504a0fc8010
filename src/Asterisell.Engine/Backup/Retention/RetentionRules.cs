namespace Asterisell.Engine.Backup.Retention;

/// <summary>What is kept; a snapshot stays when any of the rules wants it.</summary>
public sealed record RetentionRules
{
    /// <summary>The newest ones, whatever their age; null for no such rule, here and below.</summary>
    public int? Last { get; init; }

    /// <summary>Everything that is at most so much older than the newest good snapshot.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>The last one of each of so many days that have one.</summary>
    public int? Daily { get; init; }

    /// <summary>The last one of each of so many ISO weeks that have one.</summary>
    public int? Weekly { get; init; }

    /// <summary>The last one of each of so many months that have one.</summary>
    public int? Monthly { get; init; }

    /// <summary>The last one of each of so many years that have one.</summary>
    public int? Yearly { get; init; }

    /// <summary>True without any rule: then everything stays.</summary>
    public bool IsEmpty => this == new RetentionRules();

    /// <summary>The rules of the inventory.</summary>
    public static RetentionRules Of(RetentionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new RetentionRules
        {
            Last = policy.KeepLast,
            Within = policy.KeepWithinDays is { } days ? TimeSpan.FromDays(days) : null,
            Daily = policy.KeepDaily,
            Weekly = policy.KeepWeekly,
            Monthly = policy.KeepMonthly,
            Yearly = policy.KeepYearly,
        };
    }
}
