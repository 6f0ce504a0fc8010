namespace Asterisell.Engine.Instances;

/// <summary>
/// Turns times that the application wrote into UTC. PHP writes in its <c>date.timezone</c>, the system and MariaDB run on another clock,
/// normally UTC, and twice a year PHP's clock jumps.
/// </summary>
/// <param name="zone">PHP's time zone.</param>
internal sealed class InstanceClock(TimeZoneInfo zone)
{
    /// <summary>PHP's own default where no time zone is set.</summary>
    public static InstanceClock Utc { get; } = new(TimeZoneInfo.Utc);

    /// <summary>Name of PHP's time zone.</summary>
    public string ZoneId => zone.Id;

    /// <summary>
    /// UTC of a time that PHP wrote. In autumn's doubled hour the earlier one is taken, so that an age is never shown too small, unless
    /// that is before <paramref name="notBefore"/>. A time that spring left out (nobody could write it) is taken as an hour later.
    /// </summary>
    /// <param name="written">As read from the database.</param>
    /// <param name="notBefore">Something known to have been written earlier; null where nothing is.</param>
    /// <param name="notAfter">Something known to have been written later: then the later of two hours is taken if it is not after that.</param>
    public DateTimeOffset ToUtc(DateTime written, DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null)
    {
        DateTime local = DateTime.SpecifyKind(written, DateTimeKind.Unspecified);
        if (zone.IsAmbiguousTime(local))
        {
            TimeSpan[] offsets = [.. zone.GetAmbiguousTimeOffsets(local).OrderDescending()];
            var earlier = new DateTimeOffset(local, offsets[0]);
            var later = new DateTimeOffset(local, offsets[^1]);
            return (earlier < notBefore || later <= notAfter ? later : earlier).ToUniversalTime();
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>UTC of a time that PHP wrote; null for none.</summary>
    public DateTimeOffset? ToUtc(DateTime? written) => written is { } time ? ToUtc(time) : null;

    /// <summary>A time that PHP wrote, with the offset of its time zone then.</summary>
    public DateTimeOffset ToOffset(DateTime written) => TimeZoneInfo.ConvertTime(ToUtc(written, null, null), zone);

    /// <summary>The time as PHP would write it, for comparisons in SQL.</summary>
    public DateTime ToLocal(DateTimeOffset time) => DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(time, zone).DateTime, DateTimeKind.Unspecified);

    /// <summary>The clock of <c>date.timezone</c> lines of PHP's configuration, the last one being in force.</summary>
    /// <exception cref="TimeZoneNotFoundException">No such zone is known here.</exception>
    public static InstanceClock FromPhp(string lines)
    {
        string value = "";
        foreach (string line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            value = line.Split('=', 2) is [_, var right] ? right.Split(';')[0].Trim().Trim('"', '\'') : value;
        }

        return value.Length == 0 ? Utc : new InstanceClock(TimeZoneInfo.FindSystemTimeZoneById(value));
    }
}
