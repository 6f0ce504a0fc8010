using System.Globalization;
using System.Text.RegularExpressions;

namespace Asterisell.Engine.Instances.Logs;

/// <summary>Finds the time in a log line. The formats are so unlike that the line alone tells which it is.</summary>
/// <remarks>
/// nginx access <c>[22/Nov/2026:23:00:00 +0100]</c>; nginx error <c>2026/11/22 23:00:00</c>, supervisord <c>2026-11-22 23:00:00,123</c>
/// and MariaDB 10 <c>2026-11-22 23:00:00</c>, all in the container's zone; mysqld_safe and MariaDB 5 <c>261122 23:00:00</c>, with a blank
/// before a single digit of the hour; PHP <c>[22-Nov-2026 23:00:00 Europe/Rome]</c>, php-fpm the same without zone; syslog and symfony
/// <c>Nov 22 23:00:00</c>, without a year.
/// </remarks>
internal static partial class LogTime
{
    private const RegexOptions Options = RegexOptions.CultureInvariant;

    /// <summary>UTC; null where the line has no time.</summary>
    /// <param name="text">The line.</param>
    /// <param name="service">Who wrote it.</param>
    /// <param name="zones">Clocks of the instance.</param>
    /// <param name="now">UTC; says which year a line without one means.</param>
    public static DateTimeOffset? Find(string text, string service, LogZones zones, DateTimeOffset now)
    {
        // What comes later than this is the message, where any time may stand.
        string start = text.Length > 400 ? text[..400] : text;
        TimeZoneInfo zone = service == LogServices.Asterisell ? zones.Php : zones.Container;
        if (Numeric().Match(start) is { Success: true } numeric)
        {
            return Make(numeric, Number(numeric, "year"), Number(numeric, "month"), zone, numeric.Groups["offset"].Value);
        }

        if (Short().Match(start) is { Success: true } brief)
        {
            return Make(brief, 2000 + Number(brief, "year"), Number(brief, "month"), zone, "");
        }

        if (Bracket().Match(start) is { Success: true } php)
        {
            string name = php.Groups["zone"].Value;
            return Make(php, Number(php, "year"), Month(php), name.Length == 0 ? zone : LogZones.Find(name) ?? zones.Php, "");
        }

        if (Syslog().Match(start) is { Success: true } syslog)
        {
            DateTimeOffset? time = Make(syslog, now.Year, Month(syslog), zone, "");
            return time > now.AddDays(1) ? Make(syslog, now.Year - 1, Month(syslog), zone, "") : time;
        }

        return Access().Match(start) is { Success: true } access
            ? Make(access, Number(access, "year"), Month(access), zone, access.Groups["offset"].Value)
            : null;
    }

    private static DateTimeOffset? Make(Match match, int year, int month, TimeZoneInfo zone, string offset)
    {
        int day = Number(match, "day");
        int hour = Number(match, "hour");
        int minute = Number(match, "minute");
        int second = Math.Min(Number(match, "second"), 59);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59)
        {
            return null;
        }

        var local = new DateTime(year, month, day, hour, minute, second);
        if (match.Groups["fraction"] is { Success: true } fraction)
        {
            local = local.AddSeconds(double.Parse("0." + fraction.Value, CultureInfo.InvariantCulture));
        }

        return LogZones.ParseOffset(offset) is { } fixedOffset
            ? new DateTimeOffset(local, fixedOffset).ToUniversalTime()
            : LogZones.ToUtc(local, zone);
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);

    private static int Month(Match match) =>
        "JanFebMarAprMayJunJulAugSepOctNovDec".IndexOf(match.Groups["name"].Value, StringComparison.Ordinal) / 3 + 1;

    [GeneratedRegex(
        @"^(?<year>[0-9]{4})[-/](?<month>[0-9]{2})[-/](?<day>[0-9]{2})[ T](?<hour>[ 0-9][0-9]):(?<minute>[0-9]{2}):(?<second>[0-9]{2})([.,](?<fraction>[0-9]{1,9}))?(?<offset>Z|[+-][0-9]{2}:?[0-9]{2})?",
        Options)]
    private static partial Regex Numeric();

    [GeneratedRegex(@"^(?<year>[0-9]{2})(?<month>[0-9]{2})(?<day>[0-9]{2}) (?<hour>[ 0-9][0-9]):(?<minute>[0-9]{2}):(?<second>[0-9]{2})\b", Options)]
    private static partial Regex Short();

    [GeneratedRegex(
        @"^\[(?<day>[0-9]{2})-(?<name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-(?<year>[0-9]{4}) (?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(\.(?<fraction>[0-9]{1,9}))?( (?<zone>[A-Za-z0-9_/+-]{1,64}))?\]",
        Options)]
    private static partial Regex Bracket();

    [GeneratedRegex(@"^(?<name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?<day>[ 0-9][0-9]) (?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})\b", Options)]
    private static partial Regex Syslog();

    [GeneratedRegex(
        @"^\S+ \S+ .{0,200}?\[(?<day>[0-9]{2})/(?<name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/(?<year>[0-9]{4}):(?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2}) (?<offset>[+-][0-9]{4})\]",
        Options)]
    private static partial Regex Access();
}
