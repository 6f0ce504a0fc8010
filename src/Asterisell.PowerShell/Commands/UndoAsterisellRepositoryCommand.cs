using System.Management.Automation;
using Asterisell.Engine.Repository;
using Asterisell.PowerShell.Fleet;
using Asterisell.PowerShell.Repositories;

namespace Asterisell.PowerShell.Commands;

/// <summary>
/// Aborts an update of the checkout that waits for decisions or was killed: branch, index, files and stash are exactly as before it. What was
/// edited since is kept aside.
/// </summary>
[Cmdlet(VerbsCommon.Undo, Noun.Repository, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RepositoryUndo))]
public sealed class UndoAsterisellRepositoryCommand : RepositoryCmdlet
{
    /// <summary>Folder in the checkout. Without it, the only one that the inventory is about; without an inventory, the current folder's.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string? RepositoryPath { get; set; }

    /// <summary>Skips the questions, never the checks.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync()
    {
        string repository = await FindRepositoryAsync(RepositoryPath);
        await TryAsync(repository, async () =>
        {
            string step = await RepositoryUndoer.DescribeAsync(repository, Options, Stop);
            if (!Confirmation.IsWanted(this, Force) || ShouldProcess(repository, step))
            {
                WriteObject(await new RepositoryUndoer(TimeProvider.System).UndoAsync(repository, Options, Stop));
            }
        });
    }
}
