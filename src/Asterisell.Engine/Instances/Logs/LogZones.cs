using System.Globalization;

namespace Asterisell.Engine.Instances.Logs;

/// <summary>The two clocks of an instance: the container's own, and PHP's, which follows <c>date.timezone</c>.</summary>
/// <param name="Container">Zone of everything but PHP; UTC in most images.</param>
/// <param name="Php">Zone of the application's own logs.</param>
internal sealed record LogZones(TimeZoneInfo Container, TimeZoneInfo Php)
{
    public static LogZones Utc { get; } = new(TimeZoneInfo.Utc, TimeZoneInfo.Utc);

    /// <summary>From names as the container has them, and the container's offset (<c>+0100</c>) where its zone has no name.</summary>
    public static LogZones Read(string container, string offset, string php)
    {
        TimeZoneInfo own = Find(container) ?? Fixed(offset);
        return new LogZones(own, Find(php) ?? own);
    }

    public static TimeZoneInfo? Find(string name)
    {
        try
        {
            return name.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone : null;
        }
        catch (InvalidTimeZoneException)
        {
            return null;
        }
    }

    /// <summary>UTC of a local time. An hour that a clock shows twice counts as the second one, which is standard time.</summary>
    public static DateTimeOffset ToUtc(DateTime local, TimeZoneInfo zone) =>
        new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone.GetUtcOffset(local)).ToUniversalTime();

    /// <summary>From <c>+0100</c>, <c>+01:00</c> or <c>Z</c>; null for anything else.</summary>
    public static TimeSpan? ParseOffset(string text)
    {
        if (text == "Z")
        {
            return TimeSpan.Zero;
        }

        string digits = text.Replace(":", "", StringComparison.Ordinal);
        return digits is [('+' or '-') and char sign, _, _, _, _]
            && int.TryParse(digits.AsSpan(1, 2), NumberStyles.None, CultureInfo.InvariantCulture, out int hours)
            && int.TryParse(digits.AsSpan(3, 2), NumberStyles.None, CultureInfo.InvariantCulture, out int minutes)
            && hours <= 14 && minutes < 60
            ? new TimeSpan(hours, minutes, 0) * (sign == '-' ? -1 : 1)
            : null;
    }

    private static TimeZoneInfo Fixed(string offset) =>
        ParseOffset(offset) is { } span && span != TimeSpan.Zero
            ? TimeZoneInfo.CreateCustomTimeZone(offset, span, offset, offset)
            : TimeZoneInfo.Utc;
}
