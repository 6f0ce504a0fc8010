using System.Management.Automation;
using Asterisell.PowerShell.Module;
using Asterisell.PowerShell.Pipeline;

namespace Asterisell.PowerShell.Selection;

/// <summary>A cmdlet that reads the inventory.</summary>
public abstract class InventoryCmdlet : AsyncCmdlet
{
    private InventoryContent? inventory;

    private protected InventoryCmdlet()
    {
    }

    /// <summary>
    /// Inventory file. Without it: <c>$env:ASTERISELL_INVENTORY</c>, else <c>asterisell.yml</c> in the current folder or above, else in
    /// the user's configuration folder.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? InventoryPath { get; set; }

    /// <summary>The inventory, read once.</summary>
    private protected async Task<InventoryContent> ReadInventoryAsync() =>
        inventory ??= await EngineFactory.ReadInventoryAsync(
            InventoryPath is null ? null : GetUnresolvedProviderPathFromPSPath(InventoryPath),
            SessionState.Path.CurrentFileSystemLocation.ProviderPath,
            Stop);
}
