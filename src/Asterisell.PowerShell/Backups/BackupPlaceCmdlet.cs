using System.Management.Automation;
using Asterisell.Engine.Backup.Targets;
using Asterisell.PowerShell.Completion;
using Asterisell.PowerShell.Selection;

namespace Asterisell.PowerShell.Backups;

/// <summary>A cmdlet on backups that are there: in the targets of the inventory, or in a folder that the operator names.</summary>
public abstract class BackupPlaceCmdlet : InventoryCmdlet
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, IBackupTarget> open = new(StringComparer.OrdinalIgnoreCase);

    private protected BackupPlaceCmdlet()
    {
    }

    /// <summary>Folder that the backups were made into, in place of the inventory's targets. Then no inventory is needed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Targets of the inventory to look into; wildcards. Without it, all of them.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetNameCompleter))]
    public string[]? Target { get; set; }

    /// <summary>The places to look into, in the order of the inventory. Open as long as the cmdlet runs.</summary>
    /// <exception cref="AsterisellException"><c>NoTarget</c>, <c>TargetNotFound</c>, <c>DestinationAndTarget</c>.</exception>
    private protected IReadOnlyList<IBackupTarget> Places()
    {
        if (Destination is not null)
        {
            return Target is null
                ? [Opened("", () => BackupTargets.OpenFolder(GetUnresolvedProviderPathFromPSPath(Destination)))]
                : throw BackupTargets.DestinationAndTarget();
        }

        IReadOnlyList<BackupTarget> chosen = Target is null ? Inventory.Targets : BackupTargets.Choose(Inventory, Target);
        return chosen.Count > 0 ? [.. chosen.Select(Place)] : throw BackupTargets.NoTarget(Inventory.Path);
    }

    /// <summary>The place that holds a backup which one of our cmdlets gave.</summary>
    private protected IBackupTarget PlaceOf(AsterisellBackup backup) => backup.Target is null
        ? Opened("", () => BackupTargets.OpenFolder(Path.GetFullPath(Path.Combine(backup.Path, "..", "..", ".."))))
        : Place(BackupTargets.Choose(Inventory, [WildcardPattern.Escape(backup.Target)])[0]);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        IBackupTarget[] left = [.. open.Values];
        open.Clear();

        // On the pool and for a limited time: a dead ssh connection must not hold up the prompt.
        Task.Run(async () => await Task.WhenAll(left.Select(place => place.DisposeAsync().AsTask()))).Wait(CloseLimit);
    }

    /// <summary>A target of the inventory, open as long as the cmdlet runs.</summary>
    private protected IBackupTarget Place(BackupTarget target) => Opened(target.Name, () => new BackupTargets(Secrets).Open(target));

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
