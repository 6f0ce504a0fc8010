using Asterisell.Engine.Backup.Manifest;

namespace Asterisell.Engine.Backup.Restore.Drill;

/// <summary>Files of a backup that lie in the throw-away container before it starts: the instance's own <c>/etc</c> and configuration.</summary>
internal static class DrillFiles
{
    /// <summary>What Docker writes itself, what starts jobs, and what a container of its own has keys for.</summary>
    private static readonly string[] LeftOut = ["/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/etc/mtab", "/etc/cron", "/etc/ssh/", "/etc/supervisord.d/"];

    /// <summary>The path of an entry; null where it stays out.</summary>
    public static string? Rename(SnapshotEntry entry)
    {
        string path = entry.Source!;
        bool isOurs = path.StartsWith("/etc/", StringComparison.Ordinal)
            || (path.StartsWith("/var/www/", StringComparison.Ordinal) && path.Contains("/config", StringComparison.Ordinal) && !path.Contains("/data_files/", StringComparison.Ordinal));
        return isOurs && !LeftOut.Any(left => path.StartsWith(left, StringComparison.Ordinal)) ? path : null;
    }
}
