using Asterisell.Engine.Inventory.Secrets;

namespace Asterisell.Engine.Backup.Targets;

/// <summary>Opens targets of the inventory. Nothing is asked of a server before it is needed.</summary>
/// <param name="secrets">Where the passwords of repositories come from.</param>
public sealed class BackupTargets(SecretResolver secrets)
{
    /// <summary>A target, ready for use.</summary>
    public IBackupTarget Open(BackupTarget definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(secrets);
        return definition.Kind == BackupTargetKind.Directory && definition.Path is { } path
            ? new FolderTarget(definition, path)
            : throw TargetErrors.TargetKindUnknown(definition.Name, definition.Kind.ToString());
    }

    /// <summary>A folder that the operator named, as a target without a name. It has to be there.</summary>
    public static IBackupTarget OpenFolder(string path) => new FolderTarget(null, path);

    /// <summary>The targets of some names; each name has to be one.</summary>
    /// <param name="inventory">Inventory.</param>
    /// <param name="names">Names, with wildcards.</param>
    /// <exception cref="AsterisellException"><c>TargetNotFound</c>.</exception>
    public static IReadOnlyList<BackupTarget> Choose(AsterisellInventory inventory, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        ArgumentNullException.ThrowIfNull(names);
        List<BackupTarget> chosen = [];
        foreach (string name in names)
        {
            BackupTarget[] found = [.. inventory.Targets.Where(target => Inventory.Wildcard.IsMatch(name, target.Name))];
            chosen.AddRange(found.Length > 0 ? found : throw TargetErrors.TargetNotFound(name, [.. inventory.Targets.Select(target => target.Name)]));
        }

        return [.. chosen.DistinctBy(target => target.Name)];
    }

    /// <summary>The failure that nobody said where backups are.</summary>
    /// <param name="of">Instance or inventory that names no target.</param>
    public static AsterisellException NoTarget(string of) => TargetErrors.NoTarget(of);

    /// <summary>The failure that a folder and a target were named together.</summary>
    public static AsterisellException DestinationAndTarget() => TargetErrors.DestinationAndTarget();
}
