using System.Globalization;

namespace Asterisell.Engine.Backup.Retention;

/// <summary>One of the calendar rules: how a moment names the period that it lies in.</summary>
/// <param name="Rule">The rule's name in a reason.</param>
/// <param name="Name">The period of a local time; equal for two times of the same period, greater for a later one.</param>
internal sealed record RetentionPeriod(string Rule, Func<DateTime, string> Name)
{
    public static readonly RetentionPeriod Day = new("daily", static local => local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>ISO 8601: weeks begin on Monday, and the first of a year has its first Thursday.</summary>
    public static readonly RetentionPeriod Week = new(
        "weekly", static local => string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(local):0000}-W{ISOWeek.GetWeekOfYear(local):00}"));

    public static readonly RetentionPeriod Month = new("monthly", static local => local.ToString("yyyy-MM", CultureInfo.InvariantCulture));

    public static readonly RetentionPeriod Year = new("yearly", static local => local.ToString("yyyy", CultureInfo.InvariantCulture));

    /// <summary>The calendar rules of a policy, each with its number of periods.</summary>
    public static IEnumerable<(RetentionPeriod Period, int Count)> Of(RetentionRules rules)
    {
        foreach ((RetentionPeriod period, int? count) in new[] { (Day, rules.Daily), (Week, rules.Weekly), (Month, rules.Monthly), (Year, rules.Yearly) })
        {
            if (count is { } wanted)
            {
                yield return (period, wanted);
            }
        }
    }
}
