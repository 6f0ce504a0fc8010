using System.Management.Automation;
using Asterisell.Engine.Backup.Transfer;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Backups;
using Asterisell.PowerShell.Completion;
using Asterisell.PowerShell.Module;

namespace Asterisell.PowerShell.Commands;

/// <summary>
/// Copies the data of a running instance into others, also on other hosts, through memory only. The source is read and never changed; what happens
/// at the destination is undone where anything fails.
/// </summary>
[Cmdlet(VerbsCommon.Copy, Noun.Data, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopyResult))]
public sealed class CopyAsterisellDataCommand : ReplaceDataCmdlet
{
    private IInstanceOpener? opener;
    private AsterisellInstance? from;

    /// <summary>The instance that is copied: <c>name</c> or <c>host/name</c>. It must run.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InstanceNameCompleter))]
    public string Source { get; set; } = "";

    /// <inheritdoc/>
    protected override string Operation => "Copy";

    /// <inheritdoc/>
    protected override string Activity => "Copying data";

    private protected override string Action => $"Replace its data by those of {From}";

    private protected override string SourceLabel => From.ToString();

    private AsterisellInstance From => from ??= TransferChoice.SourceOf(Inventory, Source);

    private protected override void CheckParameters()
    {
        base.CheckParameters();
        _ = From;
        opener = ModuleSession.Current.Instances;
    }

    private protected override IEnumerable<string> Describe(AsterisellInstance instance) => InstanceCopy.Describe(From, OptionsOf(instance));

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        IInstance source = await opener!.OpenAsync(From, cancellation);
        return await new InstanceCopy(TimeProvider.System).CopyAsync(
            source, instance, OptionsOf(instance.Definition), LogOf(instance.Definition), progress, cancellation);
    }
}
