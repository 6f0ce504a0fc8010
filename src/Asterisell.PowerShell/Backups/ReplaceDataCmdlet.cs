using System.Collections.Concurrent;
using System.Management.Automation;
using System.Security;
using Asterisell.Engine.Backup.Restore;
using Asterisell.Engine.Backup.Transfer;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Backups;

/// <summary>A cmdlet that brings data of elsewhere into instances.</summary>
public abstract class ReplaceDataCmdlet : ChangeCmdlet
{
    private readonly ConcurrentDictionary<string, StepLog> logs = new();

    private protected ReplaceDataCmdlet()
    {
    }

    /// <summary>
    /// What comes in: <c>Database</c>, <c>Uploads</c> (both without this parameter), <c>Configuration</c>. The instance keeps its own
    /// <c>app.yml</c>, passwords of the database, name and ports.
    /// </summary>
    [Parameter]
    public RestoreContent Include { get; set; } = RestoreContent.Database | RestoreContent.Uploads;

    /// <summary>
    /// Masks names, numbers, addresses and passwords before the data take their place, takes mail server, connections and foreign jobs out of
    /// <c>app.yml</c>, and leaves the jobs locked. Only the database comes in. What becomes of each column: docs/sanitize.md.
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

    /// <summary>Folder for the backup of the present data. Without it, where the instance's next backup would be made.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SafetyPath { get; set; }

    /// <summary>Makes no backup of the present data: where they are worth nothing.</summary>
    [Parameter]
    public SwitchParameter SkipSafetyBackup { get; set; }

    /// <summary>Longest wait for a running job pass, in seconds. When it is over, nothing is changed.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    public int DrainTimeoutSec { get; set; } = 600;

    /// <summary>Where the data come from, as the result names it.</summary>
    private protected abstract string SourceLabel { get; }

    /// <inheritdoc/>
    protected override object? ResultOf(FleetOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return new CopyResult(
            outcome.Instance.Name, outcome.Instance.HostName, Operation, outcome.Status, outcome.StartedAt, outcome.Duration, outcome.Message)
        {
            Source = SourceLabel,
            Steps = logs.TryGetValue(outcome.Instance.ToString(), out StepLog? log) ? log.Steps : [],
        };
    }

    private protected override void CheckParameters() => _ = Masking.Of(Sanitize, SanitizeKey, AllowUnknownColumn);

    private protected StepLog LogOf(AsterisellInstance instance) =>
        logs.GetOrAdd(instance.ToString(), _ => new StepLog(step => WriteVerbose($"{instance}: {step}")));

    private protected RestoreOptions OptionsOf(AsterisellInstance instance) => new()
    {
        Include = Sanitize && !MyInvocation.BoundParameters.ContainsKey(nameof(Include)) ? RestoreContent.Database : Include,
        Sanitize = Masking.Of(Sanitize, SanitizeKey, AllowUnknownColumn),
        SafetyDestination = SkipSafetyBackup
            ? null
            : TransferChoice.SafetyOf(instance, SafetyPath is null ? null : GetUnresolvedProviderPathFromPSPath(SafetyPath)),
        DrainLimit = TimeSpan.FromSeconds(DrainTimeoutSec),
    };
}
