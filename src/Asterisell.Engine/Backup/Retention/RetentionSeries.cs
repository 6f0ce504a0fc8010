using Asterisell.Engine.Backup.Repository;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Targets;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Retention;

/// <summary>The backups of one instance in one place, under rules of retention.</summary>
public sealed class RetentionSeries
{
    private readonly IBackupTarget _place;
    private readonly RetentionRules _rules;
    private readonly TimeZoneInfo _zone;
    private readonly TimeProvider _clock;
    private readonly IReadOnlySet<string>? _only;
    private readonly HashSet<string> _doubtful = [];
    private RetentionPlan _plan;

    private RetentionSeries(
        IBackupTarget place, string hostName, string name, RetentionRules rules, TimeZoneInfo zone, TimeProvider clock, IReadOnlySet<string>? only)
    {
        (_place, HostName, Name, _rules, _zone, _clock, _only) = (place, hostName, name, rules, zone, clock, only);
        _plan = RetentionPlan.Make([], rules, zone, clock.GetUtcNow());
    }

    /// <summary>Docker host of the instance.</summary>
    public string HostName { get; }

    /// <summary>Instance.</summary>
    public string Name { get; }

    /// <summary>Why nothing is removed, in words for the operator; null where the rules decide.</summary>
    public string? Hold => _plan.Hold;

    /// <summary>What is decided, the oldest first; nothing is removed yet.</summary>
    public IReadOnlyList<RetentionDecision> Decisions { get; private set; } = [];

    /// <summary>Instances that have anything in a place, visible or left by a killed run.</summary>
    /// <param name="place">Where.</param>
    /// <param name="isWanted">Told host and instance; false leaves that instance out.</param>
    /// <param name="cancellation">Ends the look.</param>
    public static async Task<IReadOnlyList<(string Host, string Name)>> FindAsync(
        IBackupTarget place, Func<string, string, bool> isWanted, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (place.Folder is { } folder)
        {
            // A target that nothing was ever stored in needs no folder yet.
            return place.Definition is not null && !Directory.Exists(folder) ? [] : BackupCatalog.FindInstances(folder, isWanted);
        }

        HashSet<(string Host, string Name)> found = [];
        await foreach (AsterisellBackup backup in place.ListAsync(isWanted, cancellation).ConfigureAwait(false))
        {
            found.Add((backup.HostName, backup.Name));
        }

        return [.. found];
    }

    /// <summary>The rules that the inventory has for a place; for the management directory a year where it has none.</summary>
    /// <param name="place">A target, or a folder that may be one of the inventory's targets.</param>
    /// <param name="hostName">Host, or the name that stands for the management directory.</param>
    /// <param name="inventory">Read only where it is needed.</param>
    /// <exception cref="AsterisellException"><c>RetentionNotSet</c>.</exception>
    public static RetentionRules RulesOf(IBackupTarget place, string hostName, Func<AsterisellInventory> inventory)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(inventory);
        if (hostName == RepositoryLayout.HostName)
        {
            return RepositoryLayout.Retention;
        }

        BackupTarget? target = place.Definition ?? inventory().Targets.FirstOrDefault(
            one => one is { Kind: BackupTargetKind.Directory, Path: not null } && place.Folder is { } folder && IsSame(one.Path, folder));
        return target is not null && RetentionRules.Of(target.Retention) is { IsEmpty: false } rules
            ? rules
            : throw RetentionErrors.RetentionNotSet(target?.Name ?? place.Folder ?? hostName, target is not null);

        static bool IsSame(string one, string other) =>
            Path.TrimEndingDirectorySeparator(Path.GetFullPath(one)) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(other));
    }

    /// <summary>The failure of one removal.</summary>
    public static AsterisellException Failed(RetentionDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return RetentionErrors.BackupNotRemoved($"{decision.HostName}/{decision.Name} {decision.SnapshotId}", string.Join(", ", decision.Reasons));
    }

    /// <summary>Looks at a series and decides.</summary>
    /// <param name="place">Where.</param>
    /// <param name="hostName">Host.</param>
    /// <param name="name">Instance.</param>
    /// <param name="rules">What is to be kept.</param>
    /// <param name="zone">Whose days, weeks, months and years are meant.</param>
    /// <param name="only">Ids of those that may go, whatever the rules say; null for all.</param>
    /// <param name="clock">Time.</param>
    /// <param name="cancellation">Ends the look.</param>
    public static async Task<RetentionSeries> DecideAsync(
        IBackupTarget place, string hostName, string name, RetentionRules rules, TimeZoneInfo zone, IReadOnlySet<string>? only, TimeProvider clock,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clock);
        RetentionSeries series = new(place, hostName, name, rules, zone, clock, only);
        await series.DecideAsync(cancellation).ConfigureAwait(false);
        return series;
    }

    /// <summary>
    /// Removes what is decided and confirmed. Before that it looks again: at the list, and at the newest proven backup, whose files must all be
    /// there; where they are not, another one takes its part or nothing goes.
    /// </summary>
    /// <param name="confirmed">Paths of <see cref="Decisions"/> that may go.</param>
    /// <param name="progress">Told what is being removed; null for nobody.</param>
    /// <param name="cancellation">Ends it; a removal that began is hidden, and the next run ends it.</param>
    /// <returns>How it went, the oldest first.</returns>
    public async Task<IReadOnlyList<RetentionDecision>> RemoveAsync(
        IReadOnlySet<string> confirmed, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(confirmed);
        await DecideAsync(cancellation).ConfigureAwait(false);
        while (Goes(confirmed).Any() && _plan.Anchor is { } anchor && await IsDoubtfulAsync(anchor, cancellation).ConfigureAwait(false))
        {
            _doubtful.Add(anchor.SnapshotId);
            await DecideAsync(cancellation).ConfigureAwait(false);
        }

        RetentionDecision[] going = [.. Goes(confirmed)];
        if (going.Length > 0)
        {
            RetentionRemoval removal = new(_place, $"{HostName}/{Name}", progress);
            IReadOnlyDictionary<string, RetentionDecision> gone = await removal.RemoveAsync(going, cancellation).ConfigureAwait(false);
            Decisions = [.. Decisions.Select(decision => gone.GetValueOrDefault(decision.Path, decision))];
        }

        return Decisions;
    }

    private IEnumerable<RetentionDecision> Goes(IReadOnlySet<string> confirmed) =>
        Decisions.Where(decision => decision.Outcome == RetentionOutcome.Removable && confirmed.Contains(decision.Path));

    private async Task<bool> IsDoubtfulAsync(AsterisellBackup anchor, CancellationToken cancellation) =>
        (await _place.CheckAsync(anchor, cancellation).ConfigureAwait(false)).Count > 0;

    private async Task DecideAsync(CancellationToken cancellation)
    {
        List<AsterisellBackup> backups = [];
        await foreach (AsterisellBackup backup in _place.ListAsync((host, name) => host == HostName && name == Name, cancellation).ConfigureAwait(false))
        {
            backups.Add(_doubtful.Contains(backup.SnapshotId) ? backup with { LastTestPassed = false } : backup);
        }

        _plan = RetentionPlan.Make(backups, _rules, _zone, _clock.GetUtcNow());
        SnapshotId? newest = backups.LastOrDefault(backup => backup.State == BackupState.Complete) is { } whole && SnapshotId.TryParse(whole.SnapshotId, out SnapshotId id)
            ? id
            : null;
        Decisions =
        [
            .. UnfinishedSnapshots.Of(_place, HostName, Name, newest)
                .Select(decision => _only is null ? decision : decision with { Outcome = RetentionOutcome.Kept, Reasons = ["not among those named"] }),
            .. backups.Select(Decide),
        ];
    }

    private RetentionDecision Decide(AsterisellBackup backup)
    {
        IReadOnlyList<string> reasons = _plan.ReasonsOf(backup);
        bool isSpared = reasons.Count == 0 && _only?.Contains(backup.SnapshotId) == false;
        return new RetentionDecision
        {
            Name = Name,
            HostName = HostName,
            SnapshotId = backup.SnapshotId,
            Target = _place.Definition?.Name,
            Path = backup.Path,
            CreatedAt = backup.CreatedAt,
            State = backup.State,
            IsProven = backup.IsProven,
            SizeBytes = backup.SizeBytes,
            Outcome = reasons.Count > 0 || isSpared ? RetentionOutcome.Kept : RetentionOutcome.Removable,
            Reasons = isSpared ? ["no rule keeps it, but it is not among those named"]
                : reasons.Count > 0 ? reasons
                : [backup.State == BackupState.Damaged || backup.LastTestPassed == false ? "damaged, and no rule keeps it" : "no rule keeps it"],
        };
    }
}
