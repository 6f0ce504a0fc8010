using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace Asterisell.PowerShell.Pipeline;

/// <summary>
/// Takes a duration as an operator writes it: <c>26h</c>, <c>2d</c>, <c>90min</c>, <c>1d 12h</c>, or a TimeSpan. A bare number is refused:
/// PowerShell would take 26 for 26 ticks, which is no time at all.
/// </summary>
/// <remarks>Written without quotes, <c>2d</c> and <c>30s</c> are numbers to PowerShell: a decimal and a short. No other way leads to these types.</remarks>
[AttributeUsage(AttributeTargets.Property)]
internal sealed partial class DurationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        TimeSpan? meant = value switch
        {
            TimeSpan span when span >= TimeSpan.Zero => span,
            string text => TryParse(text),
            decimal days => TryParse(string.Create(CultureInfo.InvariantCulture, $"{days}d")),
            short seconds => TryParse(string.Create(CultureInfo.InvariantCulture, $"{seconds}s")),
            _ => null,
        };
        return meant ?? throw Refuse($"'{value}' is no duration. Write a number and a unit (w, d, h, min, s), as in 26h, 2d or '1d 12h', or give a TimeSpan.");
    }

    /// <summary>The duration that a text means; null where it means none.</summary>
    internal static TimeSpan? TryParse(string text)
    {
        if (Clock().IsMatch(text) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan clock))
        {
            return clock;
        }

        MatchCollection parts = Part().Matches(text.Trim());
        if (parts.Count == 0 || parts.Sum(part => part.Length) != text.Trim().Length || parts.DistinctBy(part => Unit(part)).Count() != parts.Count)
        {
            return null;
        }

        double seconds = parts.Sum(part => double.Parse(part.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) * Unit(part));
        return seconds <= TimeSpan.FromDays(365_000).TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static double Unit(Match part) => part.Groups["unit"].Value.ToLowerInvariant() switch
    {
        "w" => 604_800,
        "d" => 86_400,
        "h" => 3_600,
        "min" => 60,
        _ => 1,
    };

    /// <summary>With an invalid cast inside, PowerShell shows the message by itself.</summary>
    private static ArgumentTransformationMetadataException Refuse(string message) => new(message, new PSInvalidCastException(message));

    [GeneratedRegex(@"\G\s*(?<number>[0-9]{1,9}(\.[0-9]{1,6})?)\s*(?<unit>w|d|h|min|s)(?![a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Part();

    /// <summary>What TimeSpan writes: <c>1.02:00:00</c>. Not <c>26:00:00</c>, which TimeSpan reads as 26 days.</summary>
    [GeneratedRegex(@"^([0-9]{1,5}\.)?([01]?[0-9]|2[0-3]):[0-9]{2}(:[0-9]{2}(\.[0-9]{1,7})?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();
}
