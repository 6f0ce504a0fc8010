using System.Globalization;

namespace Asterisell.Engine.Hosts;

/// <summary>Reads what <see cref="Script"/> wrote.</summary>
internal static class MachineReport
{
    /// <summary>
    /// Fixed; for any POSIX shell without single quotes, because ssh's other end reads it in single quotes. The folder comes on standard
    /// input.
    /// </summary>
    internal const string Script =
        "IFS= read -r folder; "
        + "echo pages; cat /sys/kernel/mm/transparent_hugepage/enabled; "
        + "echo disk; df -P -k -- \"$folder\" | tail -n 1; "
        + "echo ports; cat /proc/net/tcp /proc/net/tcp6; "
        + "echo end";

    /// <summary>State of a socket that listens, in /proc/net/tcp (include/net/tcp_states.h).</summary>
    private const string Listening = "0A";

    internal static MachineFacts Parse(string text)
    {
        Dictionary<string, List<string>> parts = [];
        List<string>? part = null;
        foreach (string line in text.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            if (line is "pages" or "disk" or "ports" or "end")
            {
                parts[line] = part = [];
            }
            else
            {
                part?.Add(line);
            }
        }

        (long? size, long? free) = Disk(parts.GetValueOrDefault("disk")?.FirstOrDefault());
        return new MachineFacts(
            HugePages(parts.GetValueOrDefault("pages")?.FirstOrDefault()), size, free, parts.ContainsKey("end") ? Ports(parts["ports"]) : null);
    }

    /// <summary><c>always madvise [never]</c>.</summary>
    internal static string? HugePages(string? line)
    {
        int open = line?.IndexOf('[', StringComparison.Ordinal) ?? -1;
        int close = line?.IndexOf(']', StringComparison.Ordinal) ?? -1;
        return open >= 0 && close > open ? line![(open + 1)..close] : null;
    }

    /// <summary>The local address is <c>HEX-ADDRESS:HEX-PORT</c>, the state the fourth column.</summary>
    internal static IReadOnlySet<int>? Ports(IReadOnlyList<string> lines)
    {
        HashSet<int> ports = [];
        foreach (string[] columns in lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (columns.Length > 3 && columns[3] == Listening
                && int.TryParse(columns[1][(columns[1].LastIndexOf(':') + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int port))
            {
                ports.Add(port);
            }
        }

        return lines.Any(line => line.Contains("local_address", StringComparison.Ordinal)) ? ports : null;
    }

    /// <summary>POSIX df: file system, 1024-byte blocks, used, available, capacity, mounted on.</summary>
    private static (long? Size, long? Free) Disk(string? line)
    {
        string[] columns = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return columns.Length >= 6 && long.TryParse(columns[1], out long size) && long.TryParse(columns[3], out long free)
            ? (size * 1024, free * 1024)
            : (null, null);
    }
}
