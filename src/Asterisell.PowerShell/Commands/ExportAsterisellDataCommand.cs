using System.Management.Automation;
using System.Net;
using System.Security;
using Asterisell.Engine.Backup.Transfer;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Inventory;
using Asterisell.PowerShell.Completion;
using Asterisell.PowerShell.Hosts;
using Asterisell.PowerShell.Module;
using Asterisell.PowerShell.Selection;

namespace Asterisell.PowerShell.Commands;

/// <summary>
/// Exports instances or backups, each into one file: the same snapshot as a backup, proven, and encrypted where a passphrase is given. One after
/// the other, since each fills the same disk.
/// </summary>
[Cmdlet(VerbsData.Export, Noun.Data, DefaultParameterSetName = BackupSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ExportResult))]
public sealed class ExportAsterisellDataCommand : InventoryCmdlet
{
    /// <summary>The default, so that PowerShell takes a backup from the pipeline for itself before it takes its Name for an instance's.</summary>
    private const string BackupSet = nameof(Backup);

    private readonly List<AsterisellInstance> instances = [];
    private readonly List<AsterisellBackup> backups = [];

    /// <summary>Instances by name; wildcards, and <c>host/name</c>. They must run, and are only read.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.Name, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Names]
    [Alias("InstanceName")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InstanceNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Instances as <c>Get-AsterisellInstance</c> gives them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.InputObject, ValueFromPipeline = true)]
    [ValidateNotNull]
    public AsterisellInstance[] InputObject { get; set; } = [];

    /// <summary>Backups in folders of this machine, as <c>Get-AsterisellBackup</c> gives them. No instance has to run for them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BackupSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public AsterisellBackup[] Backup { get; set; } = [];

    /// <summary>Only instances on these hosts; wildcards.</summary>
    [Parameter(ParameterSetName = ParameterSet.Name, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public string[] HostName { get; set; } = [];

    /// <summary>The file, which must not be there yet; or a folder that is there, in which each export gets a name of its own.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Passphrase that encrypts the file as OpenPGP does, so that <c>gpg --decrypt</c> opens it too. Without it, the file is a plain tar.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Passphrase { get; set; }

    private string FullPath => GetUnresolvedProviderPathFromPSPath(Path);

    private ExportOptions Options => new(FullPath)
    {
        Passphrase = Passphrase is null ? null : new Secret(new NetworkCredential("", Passphrase).Password),
    };

    /// <inheritdoc/>
    protected override Task ProcessAsync()
    {
        backups.AddRange(Backup);
        instances.AddRange(InputObject);
        if (ParameterSetName == ParameterSet.Name)
        {
            InstanceSelection selection = InstanceSelector.Select(Inventory, new InstanceQuery { Names = Name, HostNames = HostName, Tags = [] });
            instances.AddRange(selection.Instances);
            foreach (AsterisellException error in selection.Errors)
            {
                WriteFailure(error);
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync()
    {
        AsterisellInstance[] wanted = [.. instances.DistinctBy(instance => instance.ToString())];
        TransferChoice.RequireFolder(FullPath, wanted.Length + backups.Count);
        foreach (AsterisellBackup backup in backups.Where(backup => IsConfirmed($"{backup.HostName}/{backup.Name} {backup.SnapshotId}")))
        {
            await TryAsync(
                backup.Name, backup.HostName, backup,
                progress => new DataExport(TimeProvider.System).ExportAsync(backup, Options, progress, Stop));
        }

        IInstanceOpener opener = ModuleSession.Current.Instances;
        foreach (AsterisellInstance instance in wanted.Where(instance => IsConfirmed(instance.ToString())))
        {
            await TryAsync(instance.Name, instance.HostName, instance, async progress =>
            {
                IInstance live = await opener.OpenAsync(instance, Stop);
                return await new DataExport(TimeProvider.System).ExportAsync(live, Options, progress, Stop);
            });
        }
    }

    private bool IsConfirmed(string target) => ShouldProcess(target, $"Export into '{FullPath}'{(Passphrase is null ? "" : ", encrypted")}");

    private async Task TryAsync(string name, string host, object target, Func<StepProgress, Task<ExportResult>> export)
    {
        DateTimeOffset begin = DateTimeOffset.UtcNow;
        try
        {
            using var progress = new StepProgress(1, $"Exporting {host}/{name}", WriteProgress);
            WriteObject(await export(progress));
        }
        catch (AsterisellException failure) when (!Stop.IsCancellationRequested)
        {
            WriteFailure(failure, target);
            WriteObject(new ExportResult(name, host, "Export", OperationStatus.Failed, begin, DateTimeOffset.UtcNow - begin, failure.Reason));
        }
    }
}
