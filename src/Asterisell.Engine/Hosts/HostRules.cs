using System.Globalization;

namespace Asterisell.Engine.Hosts;

/// <summary>What a host needs, each with the reason.</summary>
internal static class HostRules
{
    private const long Gigabyte = 1L << 30;

    /// <summary>Calls are billed by the clock; beyond this, the minutes on a bill are wrong.</summary>
    private static readonly TimeSpan ClockFails = TimeSpan.FromSeconds(60);

    /// <summary>Docker's own answer may be late by the time of a busy engine.</summary>
    private static readonly TimeSpan ClockWarns = TimeSpan.FromSeconds(2);

    /// <summary>Oldest engine that is tested with.</summary>
    private static readonly Version OldestTested = new(20, 10);

    private static readonly string[] GoodDrivers = ["overlay2", "overlayfs", "overlay", "btrfs", "zfs", "fuse-overlayfs", "windowsfilter"];

    internal static HostCheck Engine(HostInfo host)
    {
        string text = $"Docker {host.EngineVersion} (API {host.ApiVersion}) answers in {host.Latency.TotalMilliseconds:0} ms.";
        return Leading(host.EngineVersion) < OldestTested
            ? new(host.HostName, "Engine", CheckResult.Warning, text, $"Upgrade Docker: this module is tested with {OldestTested} and newer.")
            : new(host.HostName, "Engine", CheckResult.Passed, text, null);
    }

    internal static HostCheck Storage(HostInfo host) => GoodDrivers.Contains(host.StorageDriver)
        ? new(host.HostName, "Storage", CheckResult.Passed, $"Storage driver {host.StorageDriver}.", null)
        : new(
            host.HostName, "Storage", CheckResult.Warning, $"Storage driver {host.StorageDriver}, which is slow or no longer maintained.",
            "Move to overlay2: back up the instances, then change storage-driver in /etc/docker/daemon.json and install them again.");

    /// <summary>The original image's MariaDB has TokuDB, which refuses to start unless huge pages are off (its installation manual).</summary>
    internal static HostCheck HugePages(HostInfo host, MachineFacts machine) => machine.HugePages switch
    {
        null => Unknown(host, "HugePages", "Transparent huge pages could not be read on the host."),
        "never" => new(host.HostName, "HugePages", CheckResult.Passed, "Transparent huge pages are off.", null),
        string word => new(
            host.HostName, "HugePages", CheckResult.Warning, $"Transparent huge pages are '{word}': a MariaDB with TokuDB does not start.",
            "On the host: echo never > /sys/kernel/mm/transparent_hugepage/enabled, and transparent_hugepage=never on the kernel's command line. Instances without TokuDB do not need it."),
    };

    internal static HostCheck Disk(HostInfo host, MachineFacts machine)
    {
        if (machine is not { FreeBytes: long free, DiskBytes: long size })
        {
            return Unknown(host, "Disk", "Free space could not be read on the host.");
        }

        string text = $"{Size(free)} of {Size(size)} free where {host.DockerFolder} is.";
        CheckResult result = free < Gigabyte ? CheckResult.Failed : free < 5 * Gigabyte || free < size / 10 ? CheckResult.Warning : CheckResult.Passed;
        return new(
            host.HostName, "Disk", result, text,
            result == CheckResult.Passed ? null : "Make room before the databases stop: docker system df shows what Docker holds; old backups and logs go first.");
    }

    internal static HostCheck Memory(HostInfo host, IReadOnlyList<AsterisellInstance> instances)
    {
        long planned = MemoryPlan.OfHost(instances, host.HostName);
        string text = $"Active instances plan with {Size(planned)} of {Size(host.MemoryBytes)}; those that run take {Size(host.MemoryUsedBytes)}, and {Size(host.MemoryNeededBytes)} with MariaDB's caches full.";
        return host.IsMemoryOvercommitted
            ? new(host.HostName, "Memory", CheckResult.Warning, text, "Move an instance to another host, or lower container.memoryMegabytes in the inventory; (Get-AsterisellHost).InstanceMemory shows a budget for each.")
            : new(host.HostName, "Memory", CheckResult.Passed, text, null);
    }

    internal static HostCheck Clock(HostInfo host)
    {
        if (host.ClockOffset is not TimeSpan offset)
        {
            return Unknown(host, "Clock", "The engine does not tell its time.");
        }

        TimeSpan doubt = host.Latency / 2;
        double seconds = Math.Round(offset.TotalSeconds, 1);
        string text = seconds == 0 ? "Clock agrees with this machine's." : $"Clock {Math.Abs(seconds).ToString("0.0", CultureInfo.InvariantCulture)} s {(seconds > 0 ? "ahead of" : "behind")} this machine's.";
        TimeSpan apart = offset.Duration() - doubt;
        CheckResult result = apart > ClockFails ? CheckResult.Failed : apart > ClockWarns ? CheckResult.Warning : CheckResult.Passed;
        return new(
            host.HostName, "Clock", result, text,
            result == CheckResult.Passed ? null : "Let chrony or systemd-timesyncd run on both machines: calls are billed by the clock.");
    }

    private static HostCheck Unknown(HostInfo host, string check, string message) =>
        new(host.HostName, check, CheckResult.Unknown, message, host.Endpoint.Scheme == "tcp" ? "Through tcp it is read inside a running instance; start one." : null);

    private static Version Leading(string version)
    {
        string[] parts = version.Split('.', '-', '+');
        return parts.Length > 1 && int.TryParse(parts[0], out int major) && int.TryParse(parts[1], out int minor) ? new Version(major, minor) : new Version(int.MaxValue, 0);
    }

    private static string Size(long bytes) => bytes >= Gigabyte
        ? (bytes / (double)Gigabyte).ToString("0.0", CultureInfo.InvariantCulture) + " GB"
        : (bytes / (double)(1 << 20)).ToString("0", CultureInfo.InvariantCulture) + " MB";
}
