using System.Diagnostics;
using System.Globalization;

namespace Asterisell.Tests.Integration.Docker;

/// <summary>The ssh connections that this process shares; to be looked for only where no other test runs.</summary>
internal static class SharedConnections
{
    /// <summary>Kills them all, as a network or an operator may.</summary>
    public static void Kill()
    {
        foreach (int connection in Find())
        {
            using Process victim = Process.GetProcessById(connection);
            victim.Kill();
        }
    }

    public static IEnumerable<int> Find() => Directory.EnumerateDirectories("/proc")
        .Select(Path.GetFileName)
        .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int _))
        .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
        .Where(pid => Arguments(pid) is ["ssh", ..] arguments && arguments.Contains("-M") && Folder(pid) is not null && IsOurs(pid));

    private static bool IsOurs(int pid) => pid != 0 && (Parent(pid) == Environment.ProcessId || (Parent(pid) is var up and > 1 && IsOurs(up)));

    public static string? Folder(int pid) => Arguments(pid) is var arguments && Array.IndexOf(arguments, "-S") is var at and >= 0
        ? Path.GetDirectoryName(arguments[at + 1])
        : null;

    private static string[] Arguments(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Split('\0');
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static int Parent(int pid)
    {
        try
        {
            string line = File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("PPid:", StringComparison.Ordinal));
            return int.Parse(line["PPid:".Length..].Trim(), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
