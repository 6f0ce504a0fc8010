using System.Diagnostics;
using System.Globalization;

namespace Asterisell.Engine.Deployment.Scratch;

/// <summary>Which process made a throw-away container, so that another one can tell whether it is still wanted.</summary>
/// <param name="Machine">Machine of the process.</param>
/// <param name="ProcessId">Process there.</param>
/// <param name="StartedAt">When that process began, in ticks: ids are used again.</param>
internal sealed record ScratchOwner(string Machine, int ProcessId, long StartedAt)
{
    /// <summary>Label that says it.</summary>
    public const string Label = "org.asterisell.scratch.owner";

    /// <summary>The process of another machine cannot be asked; no drill takes this long.</summary>
    private static readonly TimeSpan ForeignLimit = TimeSpan.FromHours(24);

    /// <summary>This process.</summary>
    public static ScratchOwner Current { get; } = OfThisProcess();

    /// <summary>Reads a label; null for what is none of ours.</summary>
    public static ScratchOwner? Parse(string? label) =>
        label?.Split('/') is [var machine, var process, var started]
        && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
        && long.TryParse(started, NumberStyles.None, CultureInfo.InvariantCulture, out long ticks)
            ? new ScratchOwner(machine, id, ticks)
            : null;

    /// <summary>True when nobody wants the container any more.</summary>
    /// <param name="age">Age of the container.</param>
    public bool IsGone(TimeSpan age) => Machine == Environment.MachineName ? !IsAlive() : age > ForeignLimit;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Machine}/{ProcessId}/{StartedAt}");

    private bool IsAlive()
    {
        try
        {
            using Process process = Process.GetProcessById(ProcessId);

            // A second apart: Linux counts the start from the boot, and that clock is rounded.
            return Math.Abs(process.StartTime.ToUniversalTime().Ticks - StartedAt) < TimeSpan.TicksPerSecond;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static ScratchOwner OfThisProcess()
    {
        using Process own = Process.GetCurrentProcess();
        return new ScratchOwner(Environment.MachineName, own.Id, own.StartTime.ToUniversalTime().Ticks);
    }
}
