using System.Globalization;
using Asterisell.Engine.Backup.Watch;

namespace Asterisell.Engine.Backup.Retention;

/// <summary>Decides which snapshots of one instance in one place stay, and why each does. It reads and removes nothing.</summary>
/// <remarks>
/// The rules mean what restic's mean: of each of the newest periods that have a snapshot, the last one stays, and any rule is enough. Beyond
/// that: damaged snapshots take no place from good ones; the rules hold among proven snapshots alone too, so what is not proven replaces
/// nothing that is; and nothing goes unless a proven snapshot is newer.
/// </remarks>
internal sealed class RetentionPlan
{
    private readonly RetentionRules _rules;
    private readonly TimeZoneInfo _zone;
    private readonly AsterisellBackup[] _newestFirst;
    private readonly Dictionary<AsterisellBackup, List<(string Rule, string Text)>> _reasons = new(ReferenceEqualityComparer.Instance);

    private RetentionPlan(IReadOnlyList<AsterisellBackup> backups, RetentionRules rules, TimeZoneInfo zone, DateTimeOffset now)
    {
        (_rules, _zone) = (rules, zone);
        DateTimeOffset horizon = now + StaleLimits.ClockTolerance;
        foreach (AsterisellBackup backup in backups)
        {
            _reasons.Add(backup, []);
        }

        foreach (AsterisellBackup ahead in backups.Where(backup => backup.CreatedAt > horizon))
        {
            Keep(ahead, nameof(StaleReason.FromTheFuture), "dated in the future: its age says nothing");
        }

        _newestFirst = [.. backups.Where(backup => backup.CreatedAt <= horizon).OrderByDescending(backup => backup.CreatedAt)];
    }

    /// <summary>Why nothing is removed, in words for the operator; null where the rules decide.</summary>
    public string? Hold { get; private set; }

    /// <summary>The snapshot that lets others go: the newest proven one; null where none is.</summary>
    public AsterisellBackup? Anchor { get; private set; }

    /// <summary>Why a snapshot stays; empty for one that goes.</summary>
    public IReadOnlyList<string> ReasonsOf(AsterisellBackup backup) => [.. _reasons[backup].Select(reason => reason.Text)];

    /// <summary>Decides.</summary>
    /// <param name="backups">All visible snapshots of one instance in one place.</param>
    /// <param name="rules">What is to be kept.</param>
    /// <param name="zone">Whose days, weeks, months and years are meant.</param>
    /// <param name="now">UTC.</param>
    public static RetentionPlan Make(IReadOnlyList<AsterisellBackup> backups, RetentionRules rules, TimeZoneInfo zone, DateTimeOffset now)
    {
        RetentionPlan plan = new(backups, rules, zone, now);
        plan.Apply(plan._newestFirst, IsGood, "last");
        plan.Apply([.. plan._newestFirst.Where(backup => backup.IsProven)], static _ => true, "last proven");
        plan.Protect();
        return plan;
    }

    /// <summary>Whole as far as it is known, and no test failed.</summary>
    private static bool IsGood(AsterisellBackup backup) => backup.State == BackupState.Complete && backup.LastTestPassed != false;

    private void Apply(AsterisellBackup[] newestFirst, Func<AsterisellBackup, bool> isGood, string word)
    {
        if (_rules.Last is { } last)
        {
            ApplyLast(newestFirst, last, isGood, word);
        }

        if (_rules.Within is { } within && newestFirst.FirstOrDefault(isGood) is { } newest)
        {
            foreach (AsterisellBackup backup in newestFirst.Where(backup => newest.CreatedAt - backup.CreatedAt <= within))
            {
                Keep(backup, nameof(RetentionRules.Within), $"within {Span(within)} of the newest");
            }
        }

        foreach ((RetentionPeriod period, int count) in RetentionPeriod.Of(_rules))
        {
            ApplyPeriod(newestFirst, period, count, isGood, word);
        }
    }

    private void ApplyLast(AsterisellBackup[] newestFirst, int count, Func<AsterisellBackup, bool> isGood, string word)
    {
        int kept = 0;
        foreach (AsterisellBackup backup in newestFirst.TakeWhile(_ => kept < count))
        {
            Keep(backup, nameof(RetentionRules.Last), isGood(backup)
                ? string.Create(CultureInfo.InvariantCulture, $"{word} ({++kept} of {count})")
                : "damaged, among the last");
        }
    }

    private void ApplyPeriod(AsterisellBackup[] newestFirst, RetentionPeriod period, int count, Func<AsterisellBackup, bool> isGood, string word)
    {
        int kept = 0;
        foreach (IGrouping<string, AsterisellBackup> group in newestFirst.GroupBy(NameOf).TakeWhile(_ => kept < count))
        {
            if (group.FirstOrDefault(isGood) is { } good)
            {
                Keep(good, period.Rule, string.Create(CultureInfo.InvariantCulture, $"{word} of {group.Key} ({period.Rule} {++kept} of {count})"));
            }
            else
            {
                Keep(group.First(), period.Rule, $"damaged, but there is no better of {group.Key} ({period.Rule})");
            }
        }

        string NameOf(AsterisellBackup backup) => period.Name(TimeZoneInfo.ConvertTime(backup.CreatedAt, _zone).DateTime);
    }

    /// <summary>What no rule may take away.</summary>
    private void Protect()
    {
        Anchor = _newestFirst.FirstOrDefault(backup => backup.IsProven);
        AsterisellBackup? newest = _newestFirst.FirstOrDefault();
        Hold = _rules.IsEmpty ? "no rule says what to keep"
            : newest is null ? null
            : !IsGood(newest) ? $"the newest snapshot, {newest.SnapshotId}, is damaged: nothing goes before there is a good newer one"
            : Anchor is null ? "no snapshot is proven yet: test one with Test-AsterisellBackup"
            : null;
        if (Anchor is not null)
        {
            Keep(Anchor, nameof(Anchor), "newest proven");
        }

        foreach (AsterisellBackup backup in _newestFirst.TakeWhile(backup => backup != Anchor && Hold is null))
        {
            Keep(backup, nameof(Anchor), "newer than the newest proven");
        }

        foreach (AsterisellBackup backup in _newestFirst.Where(backup => Hold is not null && _reasons[backup].Count == 0))
        {
            Keep(backup, nameof(Hold), Hold!);
        }
    }

    /// <summary>Notes a reason. What a rule keeps among all snapshots it need not keep again among the proven.</summary>
    private void Keep(AsterisellBackup backup, string rule, string text)
    {
        if (!_reasons[backup].Exists(reason => reason.Rule == rule))
        {
            _reasons[backup].Add((rule, text));
        }
    }

    private static string Span(TimeSpan span) => span.TotalDays >= 2
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0.#} days")
        : string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} hours");
}
