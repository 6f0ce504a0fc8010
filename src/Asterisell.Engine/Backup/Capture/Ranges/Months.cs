using Asterisell.Engine.Backup.Manifest;

namespace Asterisell.Engine.Backup.Capture.Ranges;

/// <summary>Names of months as ranges have them: the first seven signs of a date.</summary>
internal static class Months
{
    /// <summary>The month of a date as the database writes it; an empty text stands for NULL.</summary>
    public static string Of(string date) => date.Length == 0 ? ManifestRange.NoMonth : date[..Math.Min(7, date.Length)];

    /// <summary>True for a month of the calendar, and not for <c>0000-00</c>, which MariaDB stores for a date that is none.</summary>
    public static bool IsCalendar(string month) =>
        IsName(month) && month != ManifestRange.NoMonth && month[5..] is [>= '0' and <= '1', _] and not "00" && string.CompareOrdinal(month[5..], "12") <= 0
        && month[..4] != "0000";

    /// <summary>True for what can be the name of a range, and so of a file.</summary>
    public static bool IsName(string month) =>
        month == ManifestRange.NoMonth || (month.Length == 7 && month[4] == '-' && month.Remove(4, 1).All(char.IsAsciiDigit));
}
