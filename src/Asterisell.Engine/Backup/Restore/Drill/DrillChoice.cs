namespace Asterisell.Engine.Backup.Restore.Drill;

/// <summary>Chooses which backups are restored in a drill, and where.</summary>
public static class DrillChoice
{
    /// <summary>Where a backup is restored: on its instance's own host, unless another one is named.</summary>
    /// <param name="inventory">Inventory.</param>
    /// <param name="backup">Backup; its instance may be gone from the inventory where a host is named.</param>
    /// <param name="hostName">Docker host for the throw-away container; null for the instance's own.</param>
    /// <param name="imageName">Image; null for the one that the backup was made on.</param>
    /// <exception cref="AsterisellException"><c>DrillHostUnknown</c>.</exception>
    public static DrillOptions Options(AsterisellInventory inventory, AsterisellBackup backup, string? hostName, string? imageName)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        ArgumentNullException.ThrowIfNull(backup);
        AsterisellInstance? instance = inventory.Instances.FirstOrDefault(one => Same(one.Name, backup.Name) && Same(one.HostName, backup.HostName));
        AsterisellHost host = hostName is null
            ? instance?.Host ?? inventory.Hosts.FirstOrDefault(one => Same(one.Name, backup.HostName)) ?? throw DrillErrors.DrillHostUnknown(backup.ToString(), backup.HostName)
            : inventory.Hosts.FirstOrDefault(one => Same(one.Name, hostName)) ?? throw DrillErrors.DrillHostUnknown(backup.ToString(), hostName);
        return new DrillOptions(instance ?? new AsterisellInstance { Name = backup.Name, Host = host }, host, imageName);
    }

    /// <summary>Some of many backups: of instances that were never in a drill first, then of those whose last one is longest ago.</summary>
    /// <param name="backups">Backups.</param>
    /// <param name="size">How many, or which share.</param>
    /// <param name="last">When a backup of the same instance in the same place was last in a drill (UTC); null where none ever was.</param>
    public static IReadOnlyList<AsterisellBackup> Sample(IReadOnlyList<AsterisellBackup> backups, BatchSize size, Func<AsterisellBackup, DateTimeOffset?> last)
    {
        ArgumentNullException.ThrowIfNull(backups);
        ArgumentNullException.ThrowIfNull(size);
        ArgumentNullException.ThrowIfNull(last);
        return
        [
            .. backups.Select(backup => (Backup: backup, Last: last(backup) ?? DateTimeOffset.MinValue))
                .OrderBy(one => one.Last).ThenBy(one => one.Backup.ToString(), StringComparer.Ordinal)
                .Take(size.Of(backups.Count)).Select(one => one.Backup),
        ];
    }

    /// <summary>The failure that something was asked that only a drill can do.</summary>
    public static AsterisellException NotADrill(string parameter) => DrillErrors.DrillParameterAlone(parameter);

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
