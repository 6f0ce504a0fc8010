using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Asterisell.Engine.Operations.Leases;

/// <summary>Who holds a lease, or wants one.</summary>
/// <param name="Owner">Account.</param>
/// <param name="Machine">Name of the machine, for people.</param>
/// <param name="MachineId">
/// What tells machines apart, for programs. Two containers on one kernel are two machines: neither sees the other's processes.
/// </param>
/// <param name="ProcessId">Process.</param>
/// <param name="ProcessStart">When the process began, in units of the machine: a number that is used again belongs to another process.</param>
internal sealed record LeaseHolder(string Owner, string Machine, string MachineId, int ProcessId, string ProcessStart)
{
    private static readonly Lazy<LeaseHolder> Own = new(() => Of(Environment.ProcessId));

    /// <summary>This process.</summary>
    public static LeaseHolder Current => Own.Value;

    /// <summary>A process of this machine.</summary>
    public static LeaseHolder Of(int process) => new(OwnerNow(), Environment.MachineName, MachineNow(), process, StartOf(process) ?? "");

    /// <summary>True when it is certain, as seen from another process, that this one has ended.</summary>
    public bool IsGone(LeaseHolder seenFrom) => MachineId == seenFrom.MachineId && StartOf(ProcessId) != ProcessStart;

    /// <summary>When a process of this machine began; null when there is none.</summary>
    private static string? StartOf(int process)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // What stands before the last parenthesis is the program's name, which may hold anything.
                string stat = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat");
                string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                return fields[0] is "Z" or "X" ? null : fields[19];
            }

            using Process found = Process.GetProcessById(process);
            return found.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    private static string OwnerNow() => Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 } sudo && sudo != Environment.UserName
        ? $"{sudo} as {Environment.UserName}"
        : Environment.UserName;

    private static string MachineNow()
    {
        string[] facts = OperatingSystem.IsLinux()
            ? [Read("/etc/machine-id"), Read("/proc/sys/kernel/random/boot_id"), new FileInfo("/proc/self/ns/pid").LinkTarget ?? ""]
            : [Environment.MachineName];
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', facts))).AsSpan(0, 8)).ToLowerInvariant();
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
