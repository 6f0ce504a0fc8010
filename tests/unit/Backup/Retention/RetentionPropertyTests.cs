using System.Globalization;
using Asterisell.Engine.Backup.Retention;
using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Tests.Unit.Backup.Retention;

/// <summary>What holds for any series of snapshots and any rules: thousands of random ones, with a fixed seed.</summary>
public class RetentionPropertyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly string[] Zones = ["Europe/Rome", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC"];

    [Fact]
    public void KeepsWhatResticKeepsWhereAllIsProven() => ForAny(allProven: true, (backups, rules, zone) =>
        Assert.Equal(Restic(backups, rules, zone), Kept(backups, rules, zone)));

    [Fact]
    public void TheNewestProvenAndWhatIsNewerAlwaysStays() => ForAny(allProven: false, (backups, rules, zone) =>
    {
        HashSet<string> kept = Kept(backups, rules, zone);
        DateTimeOffset? newest = backups.Where(backup => backup.IsProven && backup.CreatedAt <= Now).Max(backup => (DateTimeOffset?)backup.CreatedAt);
        Assert.All(backups.Where(backup => newest is null || backup.CreatedAt >= newest), backup => Assert.Contains(backup.SnapshotId, kept));
    });

    [Fact]
    public void TheRulesHoldAmongTheProvenAlone() => ForAny(allProven: false, (backups, rules, zone) =>
        Assert.Subset(Kept(backups, rules, zone), Restic([.. backups.Where(backup => backup.IsProven && backup.CreatedAt <= Now)], rules, zone)));

    [Fact]
    public void ASecondRunRemovesNothingMore() => ForAny(allProven: false, (backups, rules, zone) =>
    {
        HashSet<string> kept = Kept(backups, rules, zone);
        Assert.Equal(kept, Kept([.. backups.Where(backup => kept.Contains(backup.SnapshotId))], rules, zone));
    });

    [Fact]
    public void MoreRulesRemoveNothingMore() => ForAny(allProven: false, (backups, rules, zone) =>
    {
        HashSet<string> kept = Kept(backups, rules, zone);
        if (!rules.IsEmpty)
        {
            Assert.Subset(Kept(backups, rules with { Monthly = (rules.Monthly ?? 0) + 3, Last = (rules.Last ?? 0) + 2 }, zone), kept);
        }
    });

    [Fact]
    public void TheOrderOfTheListMeansNothing() => ForAny(allProven: false, (backups, rules, zone) =>
        Assert.Equal(Kept(backups, rules, zone), Kept([.. backups.Reverse()], rules, zone)));

    [Fact]
    public void ADamagedNewestHoldsEverything() => ForAny(allProven: false, (backups, rules, zone) =>
    {
        AsterisellBackup damaged = RetentionPlanTests.Damaged(SnapshotId.From(Now).ToString());
        Assert.Equal(backups.Length + 1, Kept([.. backups, damaged], rules, zone).Count);
    });

    private static void ForAny(bool allProven, Action<AsterisellBackup[], RetentionRules, TimeZoneInfo> check)
    {
        Random random = new(20261123);
        for (int run = 0; run < 600; run++)
        {
            check(Series(random, allProven), Rules(random), TimeZoneInfo.FindSystemTimeZoneById(Zones[random.Next(Zones.Length)]));
        }
    }

    /// <summary>Hours, days or weeks apart, so that every rule meets full and empty periods.</summary>
    private static AsterisellBackup[] Series(Random random, bool allProven)
    {
        DateTimeOffset time = allProven || random.Next(5) > 0 ? Now : Now.AddDays(40);
        double step = Math.Pow(10, random.NextDouble() * 3);
        List<AsterisellBackup> backups = [];
        for (int count = random.Next(1, 60); count > 0; count--)
        {
            time -= TimeSpan.FromHours(0.1 + (random.NextDouble() * 2 * step));
            string id = SnapshotId.From(time).ToString();
            backups.Insert(0, allProven ? RetentionPlanTests.Proven(id) : random.Next(6) switch
            {
                0 => RetentionPlanTests.Untested(id),
                1 => RetentionPlanTests.Looked(id),
                2 => RetentionPlanTests.Failed(id),
                3 => RetentionPlanTests.Damaged(id),
                _ => RetentionPlanTests.Proven(id),
            });
        }

        return [.. backups];
    }

    private static RetentionRules Rules(Random random)
    {
        return new RetentionRules
        {
            Last = Some(10),
            Within = Some(60) is { } days ? TimeSpan.FromDays(days) : null,
            Daily = Some(15),
            Weekly = Some(10),
            Monthly = Some(15),
            Yearly = Some(4),
        };

        int? Some(int most) => random.Next(3) > 0 ? null : random.Next(1, most);
    }

    private static HashSet<string> Kept(AsterisellBackup[] backups, RetentionRules rules, TimeZoneInfo zone)
    {
        RetentionPlan plan = RetentionPlan.Make(backups, rules, zone, Now);
        return [.. backups.Where(backup => plan.ReasonsOf(backup).Count > 0).Select(backup => backup.SnapshotId)];
    }

    /// <summary>
    /// What restic documents of "forget", written down a second time and in another way: for each snapshot, how many periods with a snapshot
    /// lie between it and the newest.
    /// </summary>
    private static HashSet<string> Restic(AsterisellBackup[] backups, RetentionRules rules, TimeZoneInfo zone)
    {
        HashSet<string> kept = [];
        foreach (AsterisellBackup one in backups)
        {
            AsterisellBackup[] newer = [.. backups.Where(other => other.CreatedAt > one.CreatedAt)];
            if (rules.IsEmpty || newer.Length == 0 || newer.Length < rules.Last
                || (rules.Within is { } within && newer.All(other => other.CreatedAt - one.CreatedAt <= within))
                || Wanted(one, newer, rules.Daily, local => local.DayOfYear + (local.Year * 1000))
                || Wanted(one, newer, rules.Weekly, local => ISOWeek.GetWeekOfYear(local) + (ISOWeek.GetYear(local) * 1000))
                || Wanted(one, newer, rules.Monthly, local => local.Month + (local.Year * 1000))
                || Wanted(one, newer, rules.Yearly, local => local.Year))
            {
                kept.Add(one.SnapshotId);
            }
        }

        return kept;

        bool Wanted(AsterisellBackup one, AsterisellBackup[] newer, int? count, Func<DateTime, int> period)
        {
            int[] later = [.. newer.Select(other => period(Local(other))).Distinct()];
            return later.Length < count && !later.Contains(period(Local(one)));
        }

        DateTime Local(AsterisellBackup backup) => TimeZoneInfo.ConvertTimeFromUtc(backup.CreatedAt.UtcDateTime, zone);
    }
}
