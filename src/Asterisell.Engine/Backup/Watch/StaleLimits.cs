namespace Asterisell.Engine.Backup.Watch;

/// <summary>When backups deserve a look.</summary>
/// <param name="Age">Greatest age of the newest whole backup.</param>
/// <param name="ProvenAge">Greatest age of the newest proven backup; null for any age, as long as there is one.</param>
public sealed record StaleLimits(TimeSpan Age, TimeSpan? ProvenAge = null)
{
    /// <summary>A newest backup below this part of the median of the ones before it is much smaller.</summary>
    public const double SmallestPart = 0.5;

    /// <summary>So many earlier backups make the median.</summary>
    public const int Compared = 10;

    /// <summary>Clocks of two machines may differ by this much.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);
}
