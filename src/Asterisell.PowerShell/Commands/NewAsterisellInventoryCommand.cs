using System.Management.Automation;
using Asterisell.Engine.Inventory;
using Asterisell.PowerShell.Pipeline;

namespace Asterisell.PowerShell.Commands;

/// <summary>Writes a commented inventory to begin with.</summary>
[Cmdlet(VerbsCommon.New, Noun.Inventory, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class NewAsterisellInventoryCommand : AsyncCmdlet
{
    private const string Schema = "asterisell.schema.json";

    /// <summary>File to write, or a folder to write <c>asterisell.yml</c> into. Without it, the current folder.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = ".";

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync()
    {
        string path = GetUnresolvedProviderPathFromPSPath(Path);
        path = Directory.Exists(path) ? System.IO.Path.Combine(path, InventoryLocator.FileName) : path;
        if (ShouldProcess(path, "Write a new inventory"))
        {
            string? module = MyInvocation.MyCommand.Module?.ModuleBase;
            InventoryTemplate.Create(path, module is null ? null : System.IO.Path.Combine(module, Schema), Force);
            // As Get-Item gives it: without what the provider adds, the table of files stays empty.
            WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true)[0]);
        }

        return Task.CompletedTask;
    }
}
