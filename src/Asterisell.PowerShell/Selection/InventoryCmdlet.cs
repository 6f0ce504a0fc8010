using System.Management.Automation;
using Asterisell.Engine.Inventory;
using Asterisell.PowerShell.Module;
using Asterisell.PowerShell.Pipeline;

namespace Asterisell.PowerShell.Selection;

/// <summary>A cmdlet that reads the inventory.</summary>
public abstract class InventoryCmdlet : AsyncCmdlet
{
    private AsterisellInventory? inventory;

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

    /// <summary>The inventory, read once by each call of the cmdlet. Its warnings are told when it is read for the first time.</summary>
    private protected AsterisellInventory Inventory => inventory ??= ReadInventory();

    /// <summary>Full path of the inventory that this call uses.</summary>
    private protected string FindInventory() => InventoryLocator.Find(
        InventoryPath is null ? null : GetUnresolvedProviderPathFromPSPath(InventoryPath),
        SessionState.Path.CurrentFileSystemLocation.ProviderPath);

    private AsterisellInventory ReadInventory()
    {
        InventoryReadResult result = InventoryCache.Read(FindInventory(), out bool isNew);
        AsterisellInventory read = result.Require();
        foreach (InventoryFinding warning in result.Findings.Where(_ => isNew))
        {
            WriteWarning(warning.ToString());
        }

        return read;
    }
}
