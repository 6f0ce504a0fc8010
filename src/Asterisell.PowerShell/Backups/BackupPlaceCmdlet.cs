using System.Management.Automation;
using Asterisell.Engine.Backup.Targets;
using Asterisell.PowerShell.Completion;
using Asterisell.PowerShell.Selection;

namespace Asterisell.PowerShell.Backups;

/// <summary>A cmdlet on backups that are there: in the targets of the inventory, or in a folder that the operator names.</summary>
public abstract class BackupPlaceCmdlet : InventoryCmdlet
{
    private OpenPlaces? open;

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
    private protected IReadOnlyList<IBackupTarget> Places() =>
        Open.Choose(Destination is null ? null : GetUnresolvedProviderPathFromPSPath(Destination), Target);

    /// <summary>The place that holds a backup which one of our cmdlets gave.</summary>
    private protected IBackupTarget PlaceOf(AsterisellBackup backup) => Open.Of(backup);

    /// <summary>A target of the inventory, open as long as the cmdlet runs.</summary>
    private protected IBackupTarget Place(BackupTarget target) => Open.Target(target);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        open?.Dispose();
    }

    private OpenPlaces Open => open ??= new OpenPlaces(() => Inventory, () => Secrets);
}
