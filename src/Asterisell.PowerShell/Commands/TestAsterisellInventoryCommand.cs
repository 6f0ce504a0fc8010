using System.Management.Automation;
using Asterisell.Engine.Inventory;
using Asterisell.PowerShell.Pipeline;

namespace Asterisell.PowerShell.Commands;

/// <summary>Says what is wrong with an inventory, all of it at once. It asks no host and looks up no secret.</summary>
[Cmdlet(VerbsDiagnostic.Test, Noun.Inventory)]
[OutputType(typeof(InventoryFinding), typeof(bool))]
public sealed class TestAsterisellInventoryCommand : AsyncCmdlet
{
    /// <summary>
    /// Inventory files. Without it: <c>$env:ASTERISELL_INVENTORY</c>, else <c>asterisell.yml</c> in the current folder or above, else in the user's
    /// configuration folder.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InventoryPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>
    /// True or false instead of findings: whether the inventory can be used. Warnings do not count; an inventory that is not there cannot.
    /// </summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync()
    {
        string[] paths;
        try
        {
            paths = Path is null
                ? [InventoryLocator.Find(null, SessionState.Path.CurrentFileSystemLocation.ProviderPath)]
                : [.. Path.Select(GetUnresolvedProviderPathFromPSPath)];
        }
        catch (AsterisellException none) when (Quiet && none.Kind != ErrorKind.InvalidInput)
        {
            WriteObject(false);
            return Task.CompletedTask;
        }

        foreach (string path in paths)
        {
            InventoryReadResult result = InventoryReader.Read(path);
            if (Quiet)
            {
                WriteObject(result.Inventory is not null);
            }
            else
            {
                WriteObject(result.Findings, enumerateCollection: true);
            }
        }

        return Task.CompletedTask;
    }
}
