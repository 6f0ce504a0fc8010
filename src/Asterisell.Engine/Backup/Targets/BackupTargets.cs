using Asterisell.Engine.Backup.Targets.Stores;
using Asterisell.Engine.Inventory.Secrets;

namespace Asterisell.Engine.Backup.Targets;

/// <summary>Opens targets of the inventory. Nothing is asked of a server before it is needed.</summary>
/// <param name="secrets">Where the passwords of repositories come from.</param>
/// <param name="instances">Instances that may have backups there: not every target can tell whose it has.</param>
public sealed class BackupTargets(SecretResolver secrets, IReadOnlyList<AsterisellInstance> instances)
{
    /// <summary>A target, ready for use.</summary>
    /// <exception cref="AsterisellException"><c>TargetAddressInvalid</c>: nobody can go there.</exception>
    public IBackupTarget Open(BackupTarget definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition is { Kind: BackupTargetKind.Directory, Path: { } path }
            ? new FolderTarget(definition, path)
            : new RemoteTarget(definition, OpenStore(definition));
    }

    /// <summary>What a remote target stands on.</summary>
    internal ITreeStore OpenStore(BackupTarget definition)
    {
        TargetSsh? ssh = OpenSsh(definition);
        return definition.Kind switch
        {
            BackupTargetKind.RdiffBackup => new RdiffStore(
                definition.Name, ssh, ssh?.Address.Folder ?? definition.Path!,
                [.. instances.Select(instance => (instance.HostName, instance.Name)), .. new TargetCache(definition).Instances]),
            BackupTargetKind.Restic => new ResticStore(
                definition.Name, ssh, definition.Path ?? definition.Uri!, cancellation => secrets.ResolveAsync(definition.Password!, cancellation)),
            _ => new SftpStore(ssh!),
        };
    }

    /// <summary>The way to a target's server; null where it is reached otherwise.</summary>
    internal static TargetSsh? OpenSsh(BackupTarget definition) =>
        definition.Uri is { } uri && (uri.StartsWith("ssh:", StringComparison.Ordinal) || uri.StartsWith("sftp:", StringComparison.Ordinal))
            ? TargetSsh.Open(TargetAddress.Parse(definition), new TargetKeys(definition))
            : null;

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
