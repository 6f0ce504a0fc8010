namespace Asterisell.Engine.Instances;

/// <summary>The clock's part of a status; the other parts need it first.</summary>
internal static class ClockReader
{
    public static ClockStatus? Read(StatusFacts facts)
    {
        if (facts.Said(nameof(InstanceStatus.Clock), "now") is not { } now || facts.Said(nameof(InstanceStatus.Clock), "timezone") is not { } lines)
        {
            return null;
        }

        try
        {
            facts.PhpClock = InstanceClock.FromPhp(lines);
        }
        catch (Exception failure) when (failure is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            facts.Miss(nameof(InstanceStatus.Clock), "TimeZoneUnknown", $"PHP's date.timezone is not known here: {failure.Message}");
        }

        return facts.Part(nameof(InstanceStatus.Clock), () => Skew(facts, now));
    }

    private static ClockStatus? Skew(StatusFacts facts, string now)
    {
        DateTimeOffset said = StatusFacts.ParseTime(now);
        TimeSpan half = (facts.Answered - facts.Asked) / 2;

        // Before bash 5 there are only whole seconds: the clock stood anywhere in the one it named.
        TimeSpan grain = now.Contains('.', StringComparison.Ordinal) ? TimeSpan.Zero : TimeSpan.FromSeconds(0.5);
        facts.Now = said;
        return facts.PhpClock is null ? null : new ClockStatus(facts.PhpClock.ZoneId, said + grain - (facts.Asked + half), half + grain);
    }
}
