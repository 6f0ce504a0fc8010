using System.Collections.Concurrent;
using System.Management.Automation;
using Asterisell.Engine.Backup.Restore;
using Asterisell.Engine.Backup.Restore.Application;
using Asterisell.Engine.Backup.Targets;
using Asterisell.Engine.Backup.Transfer;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Completion;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>
/// Restores backups into instances. The backup is read whole first and the present data are backed up; new data are loaded beside the present
/// ones and compared before anything is exchanged. Whatever fails puts the data from before back.
/// </summary>
[Cmdlet(VerbsData.Restore, Noun.Data, DefaultParameterSetName = BackupSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreResult))]
public sealed class RestoreAsterisellDataCommand : ChangeCmdlet
{
    private const string BackupSet = nameof(Backup);
    private const string RecoverSet = nameof(Recover);
    private const string ApplicationSet = nameof(FromApplicationBackup);

    private readonly ConcurrentDictionary<string, StepLog> logs = new();
    private readonly List<AsterisellBackup> backups = [];
    private readonly List<string> sources = [];

    /// <summary>Backups as <c>Get-AsterisellBackup</c> gives them; each goes into its own instance, or, a single one, into that of <c>-As</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BackupSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public AsterisellBackup[] Backup { get; set; } = [];

    /// <summary>Folder that the backups were made into, in place of the inventory's targets.</summary>
    [Parameter(ParameterSetName = ParameterSet.Name)]
    [Parameter(ParameterSetName = ParameterSet.InputObject)]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Targets of the inventory that are looked into; wildcards. Without it, those that the inventory names for the instance.</summary>
    [Parameter(ParameterSetName = ParameterSet.Name)]
    [Parameter(ParameterSetName = ParameterSet.InputObject)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetNameCompleter))]
    public string[]? Target { get; set; }

    /// <summary>The newest backup that was begun at this time or before is taken. Without it, the newest.</summary>
    [Parameter(ParameterSetName = ParameterSet.Name)]
    [Parameter(ParameterSetName = ParameterSet.InputObject)]
    public DateTimeOffset? At { get; set; }

    /// <summary>
    /// Another instance of the inventory, running, that the backup is restored into. It keeps its own name, database, database users, ports and
    /// settings; what the backup holds is adapted to them.
    /// </summary>
    [Parameter(ParameterSetName = ParameterSet.Name)]
    [Parameter(ParameterSetName = BackupSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InstanceNameCompleter))]
    public string? As { get; set; }

    /// <summary>
    /// What is restored: <c>Database</c>, <c>Uploads</c> (both without this parameter), <c>Configuration</c>, <c>Etc</c>. Passwords of the database
    /// are never restored.
    /// </summary>
    [Parameter(ParameterSetName = ParameterSet.Name)]
    [Parameter(ParameterSetName = ParameterSet.InputObject)]
    [Parameter(ParameterSetName = BackupSet)]
    public RestoreContent Include { get; set; } = RestoreContent.Database | RestoreContent.Uploads;

    /// <summary>Only these tables, in place of the whole database. Files are restored then only when <c>-Include</c> says so.</summary>
    [Parameter(ParameterSetName = ParameterSet.Name)]
    [Parameter(ParameterSetName = ParameterSet.InputObject)]
    [Parameter(ParameterSetName = BackupSet)]
    [ValidateNotNullOrEmpty]
    public string[] Table { get; set; } = [];

    /// <summary>
    /// Folder for the backup of the present data. Without it, the folder of this machine that the backup comes from, or where the instance's next
    /// backup would be made.
    /// </summary>
    [Parameter(ParameterSetName = ParameterSet.Name)]
    [Parameter(ParameterSetName = ParameterSet.InputObject)]
    [Parameter(ParameterSetName = BackupSet)]
    [Parameter(ParameterSetName = ApplicationSet)]
    [ValidateNotNullOrEmpty]
    public string? SafetyPath { get; set; }

    /// <summary>Makes no backup of the present data: where they are damaged so much that none can be made.</summary>
    [Parameter(ParameterSetName = ParameterSet.Name)]
    [Parameter(ParameterSetName = ParameterSet.InputObject)]
    [Parameter(ParameterSetName = BackupSet)]
    [Parameter(ParameterSetName = ApplicationSet)]
    public SwitchParameter SkipSafetyBackup { get; set; }

    /// <summary>Longest wait for a running job pass, in seconds. When it is over, nothing is changed.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    public int DrainTimeoutSec { get; set; } = 600;

    /// <summary>
    /// Restores from the application's own daily backup, in the place of its command <c>data restore</c>: from the files that lie in the instance
    /// or, with <c>-Backup</c>, from the copies of them that a backup holds. Calls of every day are compared; the whole database or nothing.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ApplicationSet)]
    [Parameter(ParameterSetName = BackupSet)]
    public SwitchParameter FromApplicationBackup { get; set; }

    /// <summary>Restores nothing; only puts back what a restore left that was killed. Every other restore does that first by itself.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RecoverSet)]
    public SwitchParameter Recover { get; set; }

    /// <summary>Instances by name; wildcards, and <c>host/name</c>. With <c>-As</c> the instance that the backup is of, which need not exist any more.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = ParameterSet.Name, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = RecoverSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ApplicationSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Selection.Names]
    [Alias("InstanceName")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InstanceNameCompleter))]
    public override string[]? Name { get; set; }

    /// <inheritdoc/>
    protected override string Operation => "Restore";

    /// <inheritdoc/>
    protected override string Activity => "Restoring";

    private protected override string Action => Recover ? "Put back what a killed restore left" : "Replace its data by a backup";

    private RestoreContent Content
    {
        get
        {
            RestoreContent include = Table.Length > 0 && !MyInvocation.BoundParameters.ContainsKey(nameof(Include)) ? RestoreContent.None : Include;
            return Table.Length > 0 ? (include & ~RestoreContent.Database) | RestoreContent.Table : include;
        }
    }

    /// <summary>Instances to restore into: those of the backups, or the one of -As.</summary>
    private protected override string[]? WantedNames
    {
        get
        {
            backups.AddRange(Backup);
            sources.AddRange(ParameterSetName == ParameterSet.Name ? Name ?? [] : []);
            return As is not null ? [As] : ParameterSetName == BackupSet ? [.. Backup.Select(Instance)] : Name;
        }
    }

    private protected override string[]? WantedHostNames => As is null ? HostName : null;

    private protected override void CheckParameters()
    {
        if (Destination is not null && Target is not null)
        {
            throw BackupTargets.DestinationAndTarget();
        }

        _ = Target is null ? [] : BackupTargets.Choose(Inventory, Target);
        if (FromApplicationBackup && (Table.Length > 0 || MyInvocation.BoundParameters.ContainsKey(nameof(Include))))
        {
            throw ApplicationRestore.NotInParts(nameof(FromApplicationBackup));
        }

        if (Table.Length == 0 && Include.HasFlag(RestoreContent.Table))
        {
            throw RestoreChoice.TableUnnamed();
        }
    }

    private protected override IEnumerable<SecretReference> SecretsOf(AsterisellInstance instance) =>
        Recover || Destination is not null || ParameterSetName == ApplicationSet ? [] : TargetsOf(instance).Select(target => target.Password).OfType<SecretReference>();

    private protected override IEnumerable<string> Describe(AsterisellInstance instance) =>
        Recover ? [Action]
        : FromApplicationBackup ? ApplicationRestore.Describe(Options(SkipSafetyBackup ? null : SafetyPath ?? "the folder of its backups"))
        : InstanceRestore.Describe(instance, Options(SkipSafetyBackup ? null : SafetyPath ?? "the folder of the backup"));

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        AsterisellInstance definition = instance.Definition;
        if (Recover)
        {
            DateTimeOffset begin = DateTimeOffset.UtcNow;
            string? done = await InstanceRestore.RecoverAsync(instance, cancellation);
            return new RestoreResult(
                definition.Name, definition.HostName, Operation, done is null ? OperationStatus.Unchanged : OperationStatus.Succeeded, begin,
                DateTimeOffset.UtcNow - begin, done ?? "No restore was killed here; there was nothing to put back.");
        }

        if (ParameterSetName == ApplicationSet)
        {
            string? folder = SkipSafetyBackup ? null : TransferChoice.SafetyOf(definition, SafetyPath is null ? null : GetUnresolvedProviderPathFromPSPath(SafetyPath));
            return await new ApplicationRestore(TimeProvider.System).RestoreAsync(instance, null, Options(folder), LogOf(definition), progress, cancellation);
        }

        IReadOnlyList<IBackupTarget> places = Open(definition);
        try
        {
            AsterisellBackup chosen = await ChooseAsync(definition, places, cancellation);
            await using FetchedSnapshot fetched = await FetchedSnapshot.OpenAsync(
                chosen, places.FirstOrDefault(place => chosen.Target is not null && place.Definition?.Name == chosen.Target), progress, cancellation);
            string safety = SafetyPath is { } path ? GetUnresolvedProviderPathFromPSPath(path) : SafetyOf(definition, chosen, places);
            RestoreOptions options = Options(SkipSafetyBackup ? null : safety);
            RestoreResult result = FromApplicationBackup
                ? await new ApplicationRestore(TimeProvider.System).RestoreAsync(instance, fetched.Backup, options, LogOf(definition), progress, cancellation)
                : await new InstanceRestore(TimeProvider.System).RestoreAsync(instance, fetched.Backup, options, LogOf(definition), progress, cancellation);
            return result with { BackupPath = chosen.Path };
        }
        finally
        {
            foreach (IBackupTarget place in places)
            {
                await place.DisposeAsync();
            }
        }
    }

    /// <inheritdoc/>
    protected override object? ResultOf(FleetOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return new RestoreResult(
            outcome.Instance.Name, outcome.Instance.HostName, Operation, outcome.Status, outcome.StartedAt, outcome.Duration, outcome.Message)
        {
            Steps = logs.TryGetValue(outcome.Instance.ToString(), out StepLog? log) ? log.Steps : [],
        };
    }

    private static string Instance(AsterisellBackup backup) => WildcardPattern.Escape($"{backup.HostName}/{backup.Name}");

    /// <summary>A folder of this machine: the one that the backup lies in, else where this instance's next backup would be made.</summary>
    private static string SafetyOf(AsterisellInstance instance, AsterisellBackup backup, IReadOnlyList<IBackupTarget> places)
    {
        IBackupTarget? place = places.FirstOrDefault(one => backup.Target is not null && one.Definition?.Name == backup.Target);
        return place is { Folder: null }
            ? TargetBackup.HomeOf(instance.Targets.Count > 0 ? instance.Targets : [place.Definition!])
            : Path.GetFullPath(Path.Combine(backup.Path, "..", "..", ".."));
    }

    private IReadOnlyList<BackupTarget> TargetsOf(AsterisellInstance instance) =>
        Target is not null ? BackupTargets.Choose(Inventory, Target)
        : ParameterSetName == BackupSet ? [.. Inventory.Targets.Where(target => backups.Any(backup => backup.Target == target.Name))]
        : instance.Targets;

    private IReadOnlyList<IBackupTarget> Open(AsterisellInstance instance)
    {
        if (Destination is not null)
        {
            return [BackupTargets.OpenFolder(GetUnresolvedProviderPathFromPSPath(Destination))];
        }

        IReadOnlyList<BackupTarget> targets = TargetsOf(instance);
        var opener = new BackupTargets(Secrets, Inventory.Instances);
        return targets.Count > 0 || ParameterSetName == BackupSet ? [.. targets.Select(opener.Open)] : throw BackupTargets.NoTarget(instance.ToString());
    }

    private async Task<AsterisellBackup> ChooseAsync(AsterisellInstance instance, IReadOnlyList<IBackupTarget> places, CancellationToken cancellation)
    {
        if (ParameterSetName == BackupSet)
        {
            AsterisellBackup[] given = [.. backups.Where(backup => As is not null || (backup.HostName == instance.HostName && backup.Name == instance.Name)).Distinct()];
            return given is [var only] ? only : throw RestoreChoice.Ambiguous(instance.ToString(), given.Select(backup => backup.ToString()));
        }

        string[] names = As is null ? [WildcardPattern.Escape(instance.ToString())] : [.. sources.Distinct()];
        return names is [var source]
            ? await RestoreChoice.FindAsync(instance.ToString(), places, source, At, cancellation)
            : throw RestoreChoice.Ambiguous(instance.ToString(), names);
    }

    private StepLog LogOf(AsterisellInstance instance) =>
        logs.GetOrAdd(instance.ToString(), _ => new StepLog(step => WriteVerbose($"{instance}: {step}")));

    private RestoreOptions Options(string? safety) => new()
    {
        Include = Content,
        Tables = [.. Table.Distinct()],
        SafetyDestination = safety,
        DrainLimit = TimeSpan.FromSeconds(DrainTimeoutSec),
    };
}
