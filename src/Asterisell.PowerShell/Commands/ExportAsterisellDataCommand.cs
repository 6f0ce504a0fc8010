using System.Management.Automation;
using System.Security;
using Asterisell.Engine.Backup.Restore.Drill;
using Asterisell.Engine.Backup.Sanitize;
using Asterisell.Engine.Backup.Transfer;
using Asterisell.Engine.Deployment.Scratch;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Inventory;
using Asterisell.PowerShell.Backups;
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
    [Parameter(ParameterSetName = BackupSet, ValueFromPipeline = true)]
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

    /// <summary>
    /// Masks names, numbers, addresses and passwords, in a throw-away container on the Docker host: the file, and this machine's disk, never hold
    /// clear data. Only the database is exported. What becomes of each column: docs/sanitize.md.
    /// </summary>
    [Parameter]
    public SwitchParameter Sanitize { get; set; }

    /// <summary>Passphrase that makes the masks the same in every run. Without it a key is made that nobody keeps.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? SanitizeKey { get; set; }

    /// <summary>Columns that no rule of masking knows and that may stay as they are: <c>table.column</c>, wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] AllowUnknownColumn { get; set; } = [];

    private string FullPath => GetUnresolvedProviderPathFromPSPath(Path);

    private ExportOptions Options => new(FullPath)
    {
        Passphrase = Masking.ToSecret(Passphrase),
    };

    private SanitizeOptions? Mask => Masking.Of(Sanitize, SanitizeKey, AllowUnknownColumn);

    private static MaskedExport Masked => new(new ScratchInstances(ModuleSession.Current.Docker), TimeProvider.System);

    /// <inheritdoc/>
    protected override Task BeginAsync()
    {
        NamedBackups.Require(this, nameof(Backup), BackupSet);
        _ = Mask;
        return Task.CompletedTask;
    }

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
            await TryAsync(backup.Name, backup.HostName, backup, progress => ExportAsync(backup, progress));
        }

        IInstanceOpener opener = ModuleSession.Current.Instances;
        foreach (AsterisellInstance instance in wanted.Where(instance => IsConfirmed(instance.ToString())))
        {
            await TryAsync(instance.Name, instance.HostName, instance, async progress => await ExportAsync(await opener.OpenAsync(instance, Stop), progress));
        }
    }

    private bool IsConfirmed(string target) =>
        ShouldProcess(target, $"Export into '{FullPath}'{(Sanitize ? ", masked" : "")}{(Passphrase is null ? "" : ", encrypted")}");

    private Task<ExportResult> ExportAsync(AsterisellBackup backup, StepProgress progress) => Mask is { } mask
        ? Masked.ExportAsync(backup, DrillChoice.Options(Inventory, backup, hostName: null, imageName: null), Options, mask, progress, Stop)
        : new DataExport(TimeProvider.System).ExportAsync(backup, Options, progress, Stop);

    private Task<ExportResult> ExportAsync(IInstance instance, StepProgress progress) => Mask is { } mask
        ? Masked.ExportAsync(instance, Options, mask, progress, Stop)
        : new DataExport(TimeProvider.System).ExportAsync(instance, Options, progress, Stop);

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
