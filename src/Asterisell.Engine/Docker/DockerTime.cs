using System.Globalization;

namespace Asterisell.Engine.Docker;

/// <summary>Docker's times: RFC 3339 with nanoseconds, and a year 1 that means never.</summary>
internal static class DockerTime
{
    /// <summary>The time, UTC; null for never and for what is no time.</summary>
    internal static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(Shorten(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) && time.Year > 1
            ? time.ToUniversalTime()
            : null;

    /// <summary>.NET knows seven digits of a second, and reads no more than that without rounding.</summary>
    private static string? Shorten(string? text)
    {
        int point = text?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        if (point < 0)
        {
            return text;
        }

        int end = point + 1;
        while (end < text!.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - point - 1 <= 7 ? text : string.Concat(text.AsSpan(0, point + 8), text.AsSpan(end));
    }
}
