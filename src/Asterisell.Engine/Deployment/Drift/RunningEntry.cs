using System.Globalization;
using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Deployment.Drift;

/// <summary>A file, folder or link of the application as an instance has it.</summary>
/// <param name="Path">Below the application's folder; exact, also where it is no UTF-8 (<see cref="ByteText"/>).</param>
/// <param name="Kind">What it is.</param>
/// <param name="SizeBytes">Of a file; 0 for others.</param>
/// <param name="ModifiedTicks">Ticks of 100 ns since 1970, UTC.</param>
/// <param name="Target">What a link holds; null for others.</param>
internal sealed record RunningEntry(string Path, TreeEntryKind Kind, long SizeBytes, long ModifiedTicks, string? Target)
{
    /// <summary>Fields that <see cref="FindFormat"/> prints.</summary>
    public const int FieldCount = 5;

    /// <summary>Kind, size, time, target, path, each ended by NUL.</summary>
    public const string FindFormat = """%y\0%s\0%T@\0%l\0%P\0""";

    /// <summary>Reads what find printed.</summary>
    /// <exception cref="FormatException">find does not print that.</exception>
    public static RunningEntry Parse(IReadOnlyList<string> fields)
    {
        TreeEntryKind kind = fields[0] switch
        {
            "f" => TreeEntryKind.File,
            "d" => TreeEntryKind.Folder,
            "l" => TreeEntryKind.Link,
            _ => TreeEntryKind.Other,
        };
        return new RunningEntry(
            fields[4], kind, kind == TreeEntryKind.File ? long.Parse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture) : 0,
            (long)decimal.Floor(decimal.Parse(fields[2], NumberStyles.Float, CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond),
            kind == TreeEntryKind.Link ? fields[3] : null);
    }
}
