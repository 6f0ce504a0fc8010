using System.Management.Automation;
using Asterisell.Engine.Backup.Repository;
using Asterisell.Engine.Backup.Targets;
using Asterisell.Engine.Inventory.Secrets;

namespace Asterisell.PowerShell.Backups;

/// <summary>Places of backups that a cmdlet uses, each opened once and closed with it.</summary>
/// <param name="inventory">Read when a target of it is meant, and not before.</param>
/// <param name="secrets">Where passwords of repositories come from.</param>
internal sealed class OpenPlaces(Func<AsterisellInventory> inventory, Func<SecretResolver> secrets) : IDisposable
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, IBackupTarget> open = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The folder or the targets that the operator names; every target of the inventory where neither is named.</summary>
    /// <exception cref="AsterisellException"><c>NoTarget</c>, <c>TargetNotFound</c>, <c>DestinationAndTarget</c>.</exception>
    internal IReadOnlyList<IBackupTarget> Choose(string? folder, string[]? names)
    {
        if (folder is not null)
        {
            return names is null ? [Folder(folder)] : throw BackupTargets.DestinationAndTarget();
        }

        IReadOnlyList<BackupTarget> chosen = names is null ? inventory().Targets : BackupTargets.Choose(inventory(), names);
        return chosen.Count > 0 ? [.. chosen.Select(Target)] : throw BackupTargets.NoTarget(inventory().Path);
    }

    /// <summary>The place that holds a backup which one of our cmdlets gave.</summary>
    internal IBackupTarget Of(AsterisellBackup backup) => backup.Target is null
        ? Folder(Path.GetFullPath(Path.Combine(backup.Path, "..", "..", "..")))
        : Target(BackupTargets.Choose(inventory(), [WildcardPattern.Escape(backup.Target)])[0]);

    /// <summary>A target of the inventory.</summary>
    internal IBackupTarget Target(BackupTarget target) => Opened(
        "target " + target.Name,
        () => new BackupTargets(secrets(), [.. inventory().Instances, RepositoryLayout.InstanceOf(inventory())]).Open(target));

    /// <inheritdoc/>
    public void Dispose()
    {
        IBackupTarget[] left = [.. open.Values];
        open.Clear();

        // On the pool and for a limited time: a dead ssh connection must not hold up the prompt.
        Task.Run(async () => await Task.WhenAll(left.Select(place => place.DisposeAsync().AsTask()))).Wait(CloseLimit);
    }

    private IBackupTarget Folder(string folder) => Opened("folder " + folder, () => BackupTargets.OpenFolder(folder));

    private IBackupTarget Opened(string name, Func<IBackupTarget> make)
    {
        if (!open.TryGetValue(name, out IBackupTarget? place))
        {
            place = make();
            open.Add(name, place);
        }

        return place;
    }
}
