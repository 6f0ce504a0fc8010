using System.Globalization;

namespace Asterisell.Engine.Instances.Waiting;

/// <summary>Failures of waiting.</summary>
internal static class WaitingErrors
{
    internal static AsterisellException WaitTimeout(
        AsterisellInstance instance, WaitCondition condition, TimeSpan limit, IReadOnlyList<string> missing) => new(
        nameof(WaitTimeout), ErrorKind.Timeout, instance.ToString(),
        $"was not {condition} within {limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s: {string.Join("; ", missing)}.",
        condition == WaitCondition.JobsIdle
            ? $"See what runs: Get-AsterisellJob {instance}"
            : $"See what the instance says: Get-AsterisellLog {instance}");
}
