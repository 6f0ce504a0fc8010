using System.Management.Automation;
using Asterisell.Engine.Backup;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Backs up instances into a folder: database, configuration, uploads and the application's own backups, as one snapshot each.</summary>
[Cmdlet(VerbsData.Backup, Noun.Data, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AsterisellBackup))]
public sealed class BackupAsterisellDataCommand : ChangeCmdlet
{
    /// <summary>Folder that the snapshots go into, as <c>HOST/INSTANCE/SNAPSHOT</c>. It is made where it is missing.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <inheritdoc/>
    protected override string Operation => "Backup";

    /// <inheritdoc/>
    protected override string Activity => "Backing up";

    private string FullDestination => GetUnresolvedProviderPathFromPSPath(Destination);

    /// <summary>A folder that can be none is told once, not by each instance.</summary>
    private protected override void CheckParameters() => _ = FullDestination;

    private protected override IEnumerable<string> Describe(AsterisellInstance instance)
    {
        yield return "Store its configuration, uploads and the application's own backups";
        yield return "Dump its database, and compare the rows of every table with it";
        yield return $"Show the snapshot in {Path.Combine(FullDestination, instance.HostName, instance.Name)} when it is whole";
    }

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation) =>
        await new InstanceBackup(TimeProvider.System).MakeAsync(instance, new BackupOptions(FullDestination), progress, cancellation);

    /// <inheritdoc/>
    protected override object? ResultOf(FleetOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return InstanceBackup.Failed(outcome.Instance, FullDestination, outcome.StartedAt, outcome.Duration, outcome.Message);
    }
}
