using System.Management.Automation;
using Asterisell.Engine.Inventory;
using Asterisell.Engine.Inventory.Secrets;
using Asterisell.PowerShell.Module;
using Asterisell.PowerShell.Pipeline;
using Asterisell.PowerShell.Secrets;

namespace Asterisell.PowerShell.Selection;

/// <summary>A cmdlet that reads the inventory.</summary>
public abstract class InventoryCmdlet : AsyncCmdlet
{
    private AsterisellInventory? inventory;
    private SecretResolver? secrets;

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

    /// <summary>Looks up secrets that the inventory refers to. A vault or the operator is asked once by each call of the cmdlet.</summary>
    private protected SecretResolver Secrets => secrets ??= new SecretResolver(new SecretSource(new SecretPrompt(Host), OnPipelineAsync));

    /// <summary>Full path of the inventory that this call uses.</summary>
    private protected string FindInventory() => InventoryLocator.Find(
        InventoryPath is null ? null : GetUnresolvedProviderPathFromPSPath(InventoryPath),
        SessionState.Path.CurrentFileSystemLocation.ProviderPath);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        secrets?.Dispose();
    }

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
