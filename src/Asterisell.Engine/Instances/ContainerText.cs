using System.Globalization;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>A container's state in the words of an operator.</summary>
internal static class ContainerText
{
    /// <summary>For example <c>exited 3 hours ago with code 137: out of memory</c>.</summary>
    public static string Describe(ContainerDetail container, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(container);
        if (container.State is not ("exited" or "dead"))
        {
            return container.State;
        }

        string when = container.FinishedAt is { } end ? $" {Ago(now - end)}" : "";
        string reason = ExitReason(container) is { } why ? $": {why}" : "";
        return $"{container.State}{when} with code {container.ExitCode.ToString(CultureInfo.InvariantCulture)}{reason}";
    }

    /// <summary>Why a container ended, as far as its exit code tells; null where it tells nothing.</summary>
    public static string? ExitReason(ContainerDetail container)
    {
        ArgumentNullException.ThrowIfNull(container);
        return container switch
        {
            { OutOfMemory: true } => "out of memory",
            { ExitCode: 0 } => "stopped as asked",
            { ExitCode: 125 or 126 or 127 } => "its program could not be started",
            { ExitCode: 137 } => "killed (SIGKILL: not ended within its time, killed by hand, or out of memory on the host)",
            { ExitCode: 143 } => "ended by SIGTERM",
            { ExitCode: > 128 and < 160 } => $"ended by signal {(container.ExitCode - 128).ToString(CultureInfo.InvariantCulture)}",
            _ => null,
        };
    }

    /// <summary>For example <c>3 hours ago</c>.</summary>
    public static string Ago(TimeSpan age)
    {
        (double count, string unit) = age switch
        {
            { TotalSeconds: < 0 } => (0, "second"),
            { TotalMinutes: < 1 } => (age.TotalSeconds, "second"),
            { TotalHours: < 1 } => (age.TotalMinutes, "minute"),
            { TotalDays: < 1 } => (age.TotalHours, "hour"),
            _ => (age.TotalDays, "day"),
        };
        int whole = (int)count;
        return $"{whole.ToString(CultureInfo.InvariantCulture)} {unit}{(whole == 1 ? "" : "s")} ago";
    }
}
