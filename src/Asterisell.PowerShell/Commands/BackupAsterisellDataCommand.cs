using System.Collections.Concurrent;
using System.Management.Automation;
using Asterisell.Engine.Backup;
using Asterisell.Engine.Backup.Targets;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Completion;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Backs up instances: database, configuration, uploads and the application's own backups, as one snapshot each.</summary>
[Cmdlet(VerbsData.Backup, Noun.Data, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AsterisellBackup))]
public sealed class BackupAsterisellDataCommand : ChangeCmdlet
{
    private readonly ConcurrentDictionary<string, AsterisellBackup> unstored = new();

    /// <summary>Folder that the snapshots go into, as <c>HOST/INSTANCE/SNAPSHOT</c>, in place of the inventory's targets. It is made where it is missing.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Targets of the inventory that the snapshots go to; wildcards. Without it, those that the inventory names for the instance.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetNameCompleter))]
    public string[]? Target { get; set; }

    /// <summary>
    /// Makes the application back itself up first, and judges the files that it leaves. What fails there is an error; the snapshot is made
    /// all the same.
    /// </summary>
    [Parameter]
    public SwitchParameter RunApplicationBackup { get; set; }

    /// <summary>Longest wait for a running job pass, in seconds.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    public int DrainTimeoutSec { get; set; } = 600;

    /// <inheritdoc/>
    protected override string Operation => "Backup";

    /// <inheritdoc/>
    protected override string Activity => "Backing up";

    private string? FullDestination => Destination is null ? null : GetUnresolvedProviderPathFromPSPath(Destination);

    /// <summary>What can be right for no instance is told once, not by each.</summary>
    private protected override void CheckParameters()
    {
        if (FullDestination is not null && Target is not null)
        {
            throw BackupTargets.DestinationAndTarget();
        }

        _ = Target is null ? [] : BackupTargets.Choose(Inventory, Target);
    }

    private protected override IEnumerable<string> Describe(AsterisellInstance instance)
    {
        if (RunApplicationBackup)
        {
            yield return $"Wait for a running job pass, {DrainTimeoutSec} s at most; then run one in which the application's four backup jobs are due";
        }

        yield return "Store its configuration, uploads and the application's own backups";
        yield return "Dump its database, and compare the rows of every table with it";
        string home = FullDestination ?? TargetBackup.HomeOf(TargetsOf(instance));
        yield return $"Show the snapshot in {Path.Combine(home, instance.HostName, instance.Name)} when it is whole";
        foreach (BackupTarget target in FullDestination is null ? TargetsOf(instance).Where(target => target.Path != home) : [])
        {
            yield return $"Store it in the target {target} ({target.Path ?? target.Uri})";
        }
    }

    private protected override IEnumerable<SecretReference> SecretsOf(AsterisellInstance instance) =>
        FullDestination is null ? Candidates(instance).Select(target => target.Password).OfType<SecretReference>() : [];

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        if (FullDestination is { } folder)
        {
            return await new InstanceBackup(TimeProvider.System).MakeAsync(instance, Options(instance.Definition, folder), progress, cancellation);
        }

        List<AsterisellBackup> stored = [];
        List<(AsterisellBackup Backup, Exception Why)> missing = [];
        IReadOnlyList<BackupTarget> targets = TargetsOf(instance.Definition);
        await new TargetBackup(TimeProvider.System, new BackupTargets(Secrets, [instance.Definition])).MakeAsync(
            instance, targets, Options(instance.Definition, TargetBackup.HomeOf(targets)), stored.Add, (target, local, why) => missing.Add((Missing(target, local, why), why)), progress, cancellation);
        return Tell(instance.Definition, stored, missing);
    }

    private BackupOptions Options(AsterisellInstance instance, string folder) => new(folder)
    {
        JobLimit = TimeSpan.FromSeconds(DrainTimeoutSec),
        RunApplicationBackup = RunApplicationBackup,
        OnOwnBackupFailed = failure => WriteFailure(failure, instance),
    };

    /// <inheritdoc/>
    protected override object? ResultOf(FleetOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        if (unstored.TryRemove(outcome.Instance.ToString(), out AsterisellBackup? known))
        {
            return known;
        }

        BackupTarget[] where = FullDestination is null ? [.. Candidates(outcome.Instance)] : [];
        string home = FullDestination ?? (where.Length > 0 ? TargetBackup.HomeOf(where) : "");
        return InstanceBackup.Failed(outcome.Instance, home, outcome.StartedAt, outcome.Duration, outcome.Message) with { Target = where.FirstOrDefault()?.Name };
    }

    private IReadOnlyList<BackupTarget> Candidates(AsterisellInstance instance) => Target is null ? instance.Targets : BackupTargets.Choose(Inventory, Target);

    private IReadOnlyList<BackupTarget> TargetsOf(AsterisellInstance instance) =>
        Candidates(instance) is { Count: > 0 } targets ? targets : throw BackupTargets.NoTarget(instance.ToString());

    private AsterisellBackup Missing(BackupTarget target, AsterisellBackup local, Exception why)
    {
        WriteWarning($"{local.HostName}/{local.Name}: the snapshot is whole and proven on this machine, in '{local.Path}', but not in the target {target}.");
        return InstanceBackup.NotStored(local, target, why is AsterisellException told ? told.Reason : why.Message);
    }

    /// <summary>Writes what is there; the last of it is what the instance gives. Where a target has nothing, the instance failed.</summary>
    private AsterisellBackup Tell(AsterisellInstance instance, List<AsterisellBackup> stored, List<(AsterisellBackup Backup, Exception Why)> missing)
    {
        foreach (AsterisellBackup backup in missing.Count > 0 ? stored : stored.SkipLast(1))
        {
            WriteObject(backup);
        }

        if (missing.Count == 0)
        {
            return stored[^1];
        }

        foreach ((AsterisellBackup backup, Exception why) in missing.SkipLast(1))
        {
            WriteFailure(why, instance);
            WriteObject(backup);
        }

        unstored[instance.ToString()] = missing[^1].Backup;
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(missing[^1].Why);
        return stored[^1];
    }
}
