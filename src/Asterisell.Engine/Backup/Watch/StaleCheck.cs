using System.Globalization;
using Asterisell.Engine.Backup.Targets;

namespace Asterisell.Engine.Backup.Watch;

/// <summary>Judges the backups of one instance in one place by what the list says of them. Reads nothing itself.</summary>
internal sealed class StaleCheck(string hostName, string name, IBackupTarget? place, StaleLimits limits, DateTimeOffset now)
{
    /// <summary>Everything that is wrong; nothing where all is well.</summary>
    /// <param name="backups">Visible backups of that instance, oldest first.</param>
    public IReadOnlyList<StaleBackup> Judge(IReadOnlyList<AsterisellBackup> backups)
    {
        if (backups.Count == 0)
        {
            return [NoBackup("there is no backup of it")];
        }

        DateTimeOffset horizon = now + StaleLimits.ClockTolerance;
        AsterisellBackup[] past = [.. backups.Where(backup => backup.CreatedAt <= horizon)];
        AsterisellBackup[] whole = [.. past.Where(backup => backup.State == BackupState.Complete)];
        DateTimeOffset? proven = whole.LastOrDefault(backup => backup.IsProven)?.CreatedAt;
        return
        [
            .. new[]
            {
                JudgeClock(backups.Where(backup => backup.CreatedAt > horizon)),
                JudgeDamage(past.LastOrDefault()),
                JudgeAge(whole.LastOrDefault()),
                JudgeProof(whole),
                JudgeLastTest(past),
                JudgeSize(whole),
            }.OfType<StaleBackup>().Select(found => found with { LastProvenAt = proven }),
        ];
    }

    /// <summary>That there is nothing to judge.</summary>
    /// <param name="why">Why, without a full stop.</param>
    public StaleBackup NoBackup(string why) => About(null, StaleReason.NoBackup, why);

    /// <summary>That the place can't be read.</summary>
    public StaleBackup Unreadable(string why) => About(null, StaleReason.Unreadable, why);

    private StaleBackup? JudgeClock(IEnumerable<AsterisellBackup> future) => future.LastOrDefault() is { } ahead
        ? About(ahead, StaleReason.FromTheFuture, $"a backup is dated {Span(ahead.CreatedAt - now)} ahead of this machine's clock; it counts for nothing here")
        : null;

    private StaleBackup? JudgeDamage(AsterisellBackup? newest) => newest is { State: not BackupState.Complete }
        ? About(newest, StaleReason.Damaged, $"the newest backup is damaged: {newest.Reason?.TrimEnd('.')}")
        : null;

    private StaleBackup? JudgeAge(AsterisellBackup? newest)
    {
        if (newest is null)
        {
            return NoBackup("there is no whole backup of it");
        }

        TimeSpan age = now - newest.CreatedAt;
        return age > limits.Age
            ? About(newest, StaleReason.TooOld, $"the newest backup is {Span(age)} old; the limit is {Span(limits.Age)}")
            : null;
    }

    private StaleBackup? JudgeProof(AsterisellBackup[] whole)
    {
        AsterisellBackup? newest = whole.LastOrDefault();
        if (newest is null)
        {
            return null;
        }

        if (whole.LastOrDefault(backup => backup.IsProven) is not { } proven)
        {
            return About(newest, StaleReason.NeverProven, "none of its backups was ever read in full and found good");
        }

        TimeSpan age = now - proven.CreatedAt;
        return limits.ProvenAge is { } limit && age > limit
            ? About(proven, StaleReason.ProofTooOld, $"the newest proven backup is {Span(age)} old; the limit is {Span(limit)}")
            : null;
    }

    private StaleBackup? JudgeLastTest(AsterisellBackup[] past) => past.LastOrDefault(backup => backup.LastTestPassed is not null) is { LastTestPassed: false } failed
        ? About(failed, StaleReason.ProofFailed, $"the test of its backup of {failed.CreatedAt:u} failed")
        : null;

    /// <summary>A median, so that one odd backup among the earlier ones makes neither an alarm nor a silence.</summary>
    private StaleBackup? JudgeSize(AsterisellBackup[] whole)
    {
        if (whole.Length < 2)
        {
            return null;
        }

        AsterisellBackup newest = whole[^1];
        AsterisellBackup[] earlier = [.. whole[..^1].TakeLast(StaleLimits.Compared)];
        string?[] found =
        [
            Compare("rows", backup => backup.RowCount, Number),
            Compare("calls", backup => backup.CallCount, Number),
            Compare("bytes", backup => backup.SizeBytes, BackupErrors.Size),
        ];
        string smaller = string.Join(", ", found.OfType<string>());
        return smaller.Length == 0
            ? null
            : About(newest, StaleReason.MuchSmaller, string.Create(
                CultureInfo.InvariantCulture, $"the newest backup is much smaller than the {earlier.Length} before it (limit: {StaleLimits.SmallestPart:P0} of their median): {smaller}"));

        string? Compare(string what, Func<AsterisellBackup, long> value, Func<long, string> write)
        {
            long median = Median([.. earlier.Select(value)]);
            return value(newest) < median * StaleLimits.SmallestPart ? $"{write(value(newest))} {what} against {write(median)}" : null;
        }
    }

    private StaleBackup About(AsterisellBackup? backup, StaleReason reason, string message) => new()
    {
        Name = name,
        HostName = hostName,
        Reason = reason,
        Message = message + ".",
        Target = place?.Definition?.Name,
        Destination = place?.Folder ?? place?.Definition?.Uri,
        SnapshotId = backup?.SnapshotId,
        Path = backup?.Path,
        CreatedAt = backup?.CreatedAt,
    };

    /// <summary>The middle one; of an even number the lower of the two in the middle, so that no figure is shown that no backup had.</summary>
    private static long Median(long[] values)
    {
        Array.Sort(values);
        return values[(values.Length - 1) / 2];
    }

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Span(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalSeconds} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min"),
        { TotalDays: < 3 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} days"),
    };
}
