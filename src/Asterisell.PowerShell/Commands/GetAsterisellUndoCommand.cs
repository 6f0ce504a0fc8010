using System.Management.Automation;
using Asterisell.Engine.Backup.Undo;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Lists former states of organizations and rates that instances keep, with what changed and what a restore would change.</summary>
[Cmdlet(VerbsCommon.Get, Noun.Undo, DefaultParameterSetName = ParameterSet.Name)]
[OutputType(typeof(AsterisellUndo))]
public sealed class GetAsterisellUndoCommand : InstanceCmdlet
{
    /// <summary>Only former states of these.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public UndoKind[] Kind { get; set; } = [];

    /// <summary>Only these rows: of the undo history of organizations, or of rates.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public long[] Id { get; set; } = [];

    /// <summary>At most so many of organizations for each instance, the newest. The application keeps them for 180 days.</summary>
    [Parameter]
    [ValidateRange(1, 10000)]
    public int First { get; set; } = 20;

    /// <summary>Tells what a restore would change, as a unified diff against now. Passwords are masked.</summary>
    [Parameter]
    public SwitchParameter Diff { get; set; }

    /// <summary>
    /// Folder that they are written to, for you alone: organizations as .sql (with password hashes) and .yaml, a rate as its file. It is made
    /// where it is missing.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Reading former states";

    /// <inheritdoc/>
    protected override async Task ProcessInstanceAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        var query = new UndoQuery
        {
            Kinds = Kind, Ids = Id, First = First, Diff = Diff, Destination = Destination is null ? null : GetUnresolvedProviderPathFromPSPath(Destination),
        };
        await foreach (AsterisellUndo undo in new UndoHistory(instance).ListAsync(query, progress, cancellation))
        {
            WriteObject(undo);
        }
    }
}
