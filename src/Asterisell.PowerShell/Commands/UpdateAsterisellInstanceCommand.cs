using System.Collections.Concurrent;
using System.Management.Automation;
using Asterisell.Engine.Backup.Restore;
using Asterisell.Engine.Backup.Transfer;
using Asterisell.Engine.Deployment.Update;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;
using Asterisell.Engine.Repository;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>
/// Updates instances, each as one transaction: the application from the checkout, its upgrade jobs, the configuration from the inventory. Where a
/// phase fails, everything is put back, the database included, and customers are in again.
/// </summary>
[Cmdlet(VerbsData.Update, Noun.Instance, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true)]
[OutputType(typeof(UpdateResult))]
public sealed class UpdateAsterisellInstanceCommand : ChangeCmdlet
{
    private readonly ConcurrentDictionary<string, UpdateTrace> traces = new(StringComparer.Ordinal);

    /// <summary>One for all instances, so that a checkout is read once.</summary>
    private InstanceUpdate? updater;

    /// <summary>
    /// What is updated: <c>Application</c>, <c>Configuration</c>, or both (without this parameter). The configuration alone neither brings files of
    /// the application nor compiles, and interrupts nobody unless MariaDB's own options change.
    /// </summary>
    [Parameter]
    public UpdateScope Scope { get; set; } = UpdateScope.Application | UpdateScope.Configuration;

    /// <summary>Folder of the management checkout. Without it, <c>application.source</c> of the inventory, else the inventory's own folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Source { get; set; }

    /// <summary>Folder for the backup that is made before the data are changed. Without it, where the instance's next backup would be made.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SafetyPath { get; set; }

    /// <summary>Goes on with an update that failed with <c>-NoRollback</c> or was killed, from the phase that it came to.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Puts everything back that an update changed that failed with <c>-NoRollback</c> or was killed. The present data are backed up first.</summary>
    [Parameter]
    public SwitchParameter Rollback { get; set; }

    /// <summary>Leaves an instance as it is where a phase fails: customers are kept out and jobs wait, until <c>-Resume</c> or <c>-Rollback</c>.</summary>
    [Parameter]
    public SwitchParameter NoRollback { get; set; }

    /// <summary>Deploys a checkout that has conflicts, or changes that were not committed.</summary>
    [Parameter]
    public SwitchParameter AllowUnclean { get; set; }

    /// <summary>Longest wait for a running job pass, in seconds. When it is over, nothing is changed.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    public int DrainTimeoutSec { get; set; } = 600;

    /// <summary>Time for an instance to be healthy after the update, in seconds. When it is over, everything is put back.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int HealthTimeoutSec { get; set; } = 60;

    /// <summary>Longest wait for the job pass of the health test, in seconds. A pass that goes on without failures is then left to itself.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int PassTimeoutSec { get; set; } = 600;

    /// <inheritdoc/>
    protected override string Operation => "Update";

    /// <inheritdoc/>
    protected override string Activity => "Updating instances";

    private protected override string Action => Resume ? "Go on with the update that did not end" : Rollback ? "Undo the update that did not end" : "Update";

    /// <summary>An update whose time is over puts everything back, which takes its own time.</summary>
    private protected override TimeSpan? InstanceLimit => null;

    /// <summary>Ctrl+C waits until everything is put back: a PowerShell that ends before would leave customers out.</summary>
    private protected override TimeSpan StopGrace => TimeSpan.FromMinutes(30);

    private protected override void CheckParameters()
    {
        if (Resume && Rollback)
        {
            throw InstanceUpdate.ResumeOrRollback();
        }
    }

    private protected override IEnumerable<SecretReference> SecretsOf(AsterisellInstance instance) => Rollback ? [] : InstanceUpdate.SecretsOf(instance);

    private protected override IEnumerable<string> Describe(AsterisellInstance instance) =>
        Resume || Rollback ? [Action] : InstanceUpdate.Describe(OptionsOf(instance) with { SafetyDestination = SafetyPath });

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        AsterisellInstance definition = instance.Definition;
        UpdateTrace trace = traces.GetOrAdd(definition.ToString(), _ => new UpdateTrace(definition, step => Say($"{definition}: {step}")));
        updater ??= new InstanceUpdate(Secrets, new DataCheckpoint(TimeProvider.System), new RepositoryCheck(), TimeProvider.System);
        UpdateOptions options = OptionsOf(definition);
        return Resume ? await updater.ResumeAsync(instance, options, trace, progress, cancellation)
            : Rollback ? await updater.RollBackAsync(instance, options, trace, progress, cancellation)
            : await updater.UpdateAsync(instance, options, trace, progress, cancellation);
    }

    /// <inheritdoc/>
    protected override object? ResultOf(FleetOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return traces.TryGetValue(outcome.Instance.ToString(), out UpdateTrace? trace)
            ? trace.End(outcome.Status, outcome.Message)
            : new UpdateResult(
                outcome.Instance.Name, outcome.Instance.HostName, Operation, outcome.Status, outcome.StartedAt, outcome.Duration, outcome.Message) { Scope = Scope };
    }

    /// <summary>Nobody hears what is said after Ctrl+C; to say it all the same must not keep anything from being put back.</summary>
    private void Say(string text)
    {
        try
        {
            if (!Stop.IsCancellationRequested)
            {
                WriteVerbose(text);
            }
        }
        catch (Exception end) when (end is PipelineStoppedException or OperationCanceledException)
        {
            // It was pressed just now.
        }
    }

    private UpdateOptions OptionsOf(AsterisellInstance instance) => new()
    {
        Scope = Scope,
        Source = Source is null ? null : GetUnresolvedProviderPathFromPSPath(Source),
        SafetyDestination = SafetyPath is not null ? GetUnresolvedProviderPathFromPSPath(SafetyPath)
            : Scope.HasFlag(UpdateScope.Application) && instance.Targets.Count > 0 ? TransferChoice.SafetyOf(instance, null) : null,
        NoRollback = NoRollback,
        AllowUnclean = AllowUnclean,
        Limit = Limit,
        DrainLimit = TimeSpan.FromSeconds(DrainTimeoutSec),
        HealthLimit = TimeSpan.FromSeconds(HealthTimeoutSec),
        PassLimit = TimeSpan.FromSeconds(PassTimeoutSec),
    };
}
