using System.Management.Automation;
using Asterisell.Engine.Backup;
using Asterisell.Engine.Backup.Retention;
using Asterisell.Engine.Backup.Targets;
using Asterisell.Engine.Inventory;
using Asterisell.PowerShell.Backups;
using Asterisell.PowerShell.Completion;
using Asterisell.PowerShell.Fleet;
using Asterisell.PowerShell.Hosts;
using Asterisell.PowerShell.Pipeline;
using Asterisell.PowerShell.Selection;

namespace Asterisell.PowerShell.Commands;

/// <summary>
/// Removes the backups that no rule of retention keeps, and says of every one why it stays or goes. The newest proven backup, and whatever is
/// newer, always stays; nothing goes behind a damaged newest one.
/// </summary>
[Cmdlet(VerbsCommon.Remove, Noun.Backup, DefaultParameterSetName = BackupSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RetentionDecision))]
public sealed class RemoveAsterisellBackupCommand : BackupPlaceCmdlet
{
    /// <summary>The default, so that PowerShell takes a backup from the pipeline for itself before it takes its Name for an instance's.</summary>
    private const string BackupSet = nameof(Backup);

    private readonly List<(IBackupTarget Place, string Host, string Name, string? Snapshot)> meant = [];

    /// <summary>Instances by name; wildcards, and <c>host/name</c>. <c>*</c> for all that have backups, also those that are gone.</summary>
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

    /// <summary>Backups as <c>Get-AsterisellBackup</c> gives them: no others go. The rules hold for them too.</summary>
    [Parameter(ParameterSetName = BackupSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public AsterisellBackup[] Backup { get; set; } = [];

    /// <summary>Only backups of instances on these hosts; wildcards.</summary>
    [Parameter(ParameterSetName = ParameterSet.Name, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ParameterSet.InputObject)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public string[] HostName { get; set; } = [];

    /// <summary>
    /// Keep the newest so many, whatever their age. With any of the Keep parameters the rules of the inventory do not count; without one,
    /// they are those of the target.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int? KeepLast { get; set; }

    /// <summary>Keep the last of each of the newest so many days that have one. Days, weeks, months and years are those of your time zone.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int? KeepDaily { get; set; }

    /// <summary>Keep the last of each of the newest so many weeks that have one; weeks begin on Monday (ISO 8601).</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int? KeepWeekly { get; set; }

    /// <summary>Keep the last of each of the newest so many months that have one.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int? KeepMonthly { get; set; }

    /// <summary>Keep the last of each of the newest so many years that have one.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int? KeepYearly { get; set; }

    /// <summary>Keep all that are at most so much older than the newest good one: <c>14d</c>, <c>36h</c>, or a TimeSpan.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? KeepWithin { get; set; }

    /// <summary>Skips the questions, never the checks.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override Task BeginAsync()
    {
        NamedBackups.Require(this, nameof(Backup), BackupSet);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task ProcessAsync()
    {
        if (ParameterSetName == BackupSet)
        {
            meant.AddRange(Backup.Select(backup => (PlaceOf(backup), backup.HostName, backup.Name, (string?)backup.SnapshotId)));
            return;
        }

        foreach (AsterisellInstance instance in InputObject)
        {
            await FindAsync(WildcardPattern.Escape(instance.ToString()), Destination is null && Target is null ? [.. instance.Targets.Select(Place)] : Places());
        }

        foreach (string name in Name)
        {
            await FindAsync(name, Places());
        }
    }

    /// <inheritdoc/>
    protected override async Task EndAsync()
    {
        // All questions before the first removal, so that -WhatIf shows the whole set.
        List<(RetentionSeries Series, HashSet<string> Confirmed)> decided = [];
        foreach (IGrouping<(IBackupTarget Place, string Host, string Name), string?> one in meant.GroupBy(one => (one.Place, one.Host, one.Name), one => one.Snapshot))
        {
            await TryAsync($"{one.Key.Host}/{one.Key.Name}", async () => decided.Add(await DecideAsync(one.Key.Place, one.Key.Host, one.Key.Name, one)));
        }

        foreach ((RetentionSeries series, HashSet<string> confirmed) in decided)
        {
            await TryAsync($"{series.HostName}/{series.Name}", async () =>
            {
                using var progress = new StepProgress(1, $"Removing backups of {series.HostName}/{series.Name}", WriteProgress);
                IReadOnlyList<RetentionDecision> decisions = confirmed.Count == 0 ? series.Decisions : await series.RemoveAsync(confirmed, progress, Stop);
                if (series.Hold is { } hold)
                {
                    WriteWarning($"{series.HostName}/{series.Name}: no backup is removed: {hold}.");
                }

                WriteObject(decisions, enumerateCollection: true);
                foreach (RetentionDecision failed in decisions.Where(decision => decision.Outcome == RetentionOutcome.Failed))
                {
                    WriteFailure(RetentionSeries.Failed(failed), failed);
                }
            });
        }
    }

    private async Task FindAsync(string name, IReadOnlyList<IBackupTarget> places)
    {
        bool found = false;
        foreach (IBackupTarget place in places)
        {
            await TryAsync(place.Definition?.Name ?? place.Folder ?? "", async () =>
            {
                IReadOnlyList<(string Host, string Name)> there = await RetentionSeries.FindAsync(place, BackupCatalog.Wanted([name], HostName), Stop);
                found |= there.Count > 0;
                meant.AddRange(there.Select(one => (place, one.Host, one.Name, (string?)null)));
            }, () => found = true);
        }

        if (!found && !Wildcard.HasWildcard(name))
        {
            string where = string.Join("', '", places.Select(place => place.Definition?.Name ?? place.Folder));
            WriteFailure(BackupCatalog.NoBackup(WildcardPattern.Unescape(name), where), WildcardPattern.Unescape(name));
        }
    }

    private async Task<(RetentionSeries Series, HashSet<string> Confirmed)> DecideAsync(
        IBackupTarget place, string host, string name, IEnumerable<string?> snapshots)
    {
        HashSet<string>? only = ParameterSetName == BackupSet ? [.. snapshots.OfType<string>()] : null;
        RetentionSeries series = await RetentionSeries.DecideAsync(
            place, host, name, RulesOf(place, host), TimeZoneInfo.Local, only, TimeProvider.System, Stop);
        return (series, [
            .. series.Decisions
                .Where(decision => decision.Outcome == RetentionOutcome.Removable && IsConfirmed(decision))
                .Select(decision => decision.Path),
        ]);
    }

    private bool IsConfirmed(RetentionDecision decision) =>
        !Confirmation.IsWanted(this, Force)
        || ShouldProcess($"{decision.HostName}/{decision.Name} {decision.SnapshotId} in {decision.Target ?? decision.Path}", $"Remove ({string.Join(", ", decision.Reasons)})");

    private RetentionRules RulesOf(IBackupTarget place, string host)
    {
        var given = new RetentionRules
        {
            Last = KeepLast, Within = KeepWithin, Daily = KeepDaily, Weekly = KeepWeekly, Monthly = KeepMonthly, Yearly = KeepYearly,
        };
        return given.IsEmpty ? RetentionSeries.RulesOf(place, host, () => Inventory) : given;
    }

    private async Task TryAsync(string target, Func<Task> act, Action? onFailure = null)
    {
        try
        {
            await act();
        }
        catch (AsterisellException failure) when (!Stop.IsCancellationRequested)
        {
            onFailure?.Invoke();
            WriteFailure(failure, target);
        }
    }
}
