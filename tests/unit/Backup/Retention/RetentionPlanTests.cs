using Asterisell.Engine.Backup.Retention;
using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Tests.Unit.Backup.Retention;

public class RetentionPlanTests
{
    private static readonly TimeZoneInfo Rome = TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome");
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void KeepsTheLastOfEachOfTheNewestDaysThatHaveOne()
    {
        AsterisellBackup[] backups = [Proven("20261110T020000Z"), Proven("20261120T020000Z"), Proven("20261120T140000Z"), Proven("20261121T020000Z")];

        Assert.Equal(
            [
                "20261110T020000Z goes",
                "20261120T020000Z goes",
                "20261120T140000Z last of 2026-11-20 (daily 2 of 2)",
                "20261121T020000Z last of 2026-11-21 (daily 1 of 2), newest proven",
            ],
            Decide(backups, new RetentionRules { Daily = 2 }));
    }

    [Fact]
    public void CountsPeriodsThatHaveASnapshotAndNotThoseOfTheCalendar() =>
        Assert.Equal(
            [
                "20240310T020000Z last of 2024-03 (monthly 3 of 3)",
                "20250610T020000Z last of 2025-06 (monthly 2 of 3)",
                "20261110T020000Z last of 2026-11 (monthly 1 of 3), newest proven",
            ],
            Decide([Proven("20240310T020000Z"), Proven("20250610T020000Z"), Proven("20261110T020000Z")], new RetentionRules { Monthly = 3 }));

    [Fact]
    public void AnyRuleIsEnoughAndAllAreTold() =>
        Assert.Equal(
            [
                "20251231T020000Z last of 2025 (yearly 2 of 2)",
                "20261101T020000Z goes",
                "20261110T020000Z last (2 of 2)",
                "20261120T020000Z last (1 of 2), within 2 days of the newest, last of 2026-11 (monthly 1 of 1), last of 2026 (yearly 1 of 2), newest proven",
            ],
            Decide(
                [Proven("20251231T020000Z"), Proven("20261101T020000Z"), Proven("20261110T020000Z"), Proven("20261120T020000Z")],
                new RetentionRules { Last = 2, Monthly = 1, Yearly = 2, Within = TimeSpan.FromDays(2) }));

    [Fact]
    public void AgeIsMeasuredFromTheNewestSoThatAPauseOfBackupsRemovesNothing() =>
        Assert.DoesNotContain(
            "goes",
            string.Concat(Decide([Proven("20260101T020000Z"), Proven("20260103T020000Z")], new RetentionRules { Within = TimeSpan.FromDays(7) })));

    [Fact]
    public void DaysAreThoseOfTheZone()
    {
        // 22:30 UTC of 30 June is half past midnight of 1 July in Rome.
        AsterisellBackup[] backups = [Proven("20260630T200000Z"), Proven("20260630T223000Z"), Proven("20260701T020000Z")];

        Assert.Equal(["20260630T200000Z last of 2026-06 (monthly 2 of 2)", "20260630T223000Z goes"], Decide(backups, new RetentionRules { Monthly = 2 })[..2]);
        Assert.Equal("20260630T223000Z last of 2026-06 (monthly 2 of 2)", Decide(backups, new RetentionRules { Monthly = 2 }, TimeZoneInfo.Utc)[1]);
    }

    [Theory]
    [InlineData("20260328T233000Z", "2026-03-29")]
    [InlineData("20260329T005900Z", "2026-03-29")]
    [InlineData("20260329T010100Z", "2026-03-29")]
    [InlineData("20260329T215900Z", "2026-03-29")]
    [InlineData("20260329T220000Z", "2026-03-30")]
    [InlineData("20261025T003000Z", "2026-10-25")]
    [InlineData("20261025T013000Z", "2026-10-25")]
    [InlineData("20261025T225900Z", "2026-10-25")]
    [InlineData("20261025T230000Z", "2026-10-26")]
    public void DaysOf23And25HoursAreOneDay(string id, string day) =>
        Assert.StartsWith($"{id} last of {day} (daily", Assert.Single(Decide([Proven(id)], new RetentionRules { Daily = 1 })));

    [Theory]
    [InlineData("20251228T120000Z", "2025-W52")]
    [InlineData("20251229T120000Z", "2026-W01")]
    [InlineData("20270103T120000Z", "2026-W53")]
    [InlineData("20270104T120000Z", "2027-W01")]
    public void WeeksAreIso(string id, string week) =>
        Assert.StartsWith(
            $"{id} last of {week} (weekly",
            Assert.Single(Decide([Proven(id)], new RetentionRules { Weekly = 1 }, now: new DateTimeOffset(2027, 2, 1, 0, 0, 0, TimeSpan.Zero))));

    [Fact]
    public void NothingGoesWhileNothingIsProven()
    {
        AsterisellBackup[] backups = [Untested("20261119T020000Z"), Untested("20261120T020000Z"), Looked("20261121T020000Z")];

        RetentionPlan plan = Make(backups, new RetentionRules { Last = 1 });

        Assert.All(backups, backup => Assert.NotEmpty(plan.ReasonsOf(backup)));
        Assert.Contains("proven", plan.Hold);
    }

    [Fact]
    public void NothingGoesBehindADamagedNewest()
    {
        foreach (AsterisellBackup newest in new[] { Damaged("20261121T020000Z"), Failed("20261121T020000Z") })
        {
            AsterisellBackup[] backups = [Proven("20261118T020000Z"), Proven("20261119T020000Z"), Proven("20261120T020000Z"), newest];

            RetentionPlan plan = Make(backups, new RetentionRules { Last = 1 });

            Assert.All(backups, backup => Assert.NotEmpty(plan.ReasonsOf(backup)));
            Assert.Contains("20261121T020000Z, is damaged", plan.Hold);
        }
    }

    [Fact]
    public void WhatIsNotProvenTakesNoPlaceFromWhatIs() =>
        Assert.Equal(
            [
                "20261115T020000Z goes",
                "20261116T020000Z last proven (2 of 2)",
                "20261117T020000Z last proven (1 of 2), newest proven",
                "20261118T020000Z newer than the newest proven",
                "20261119T020000Z last (2 of 2), newer than the newest proven",
                "20261120T020000Z last (1 of 2), newer than the newest proven",
            ],
            Decide(
                [
                    Proven("20261115T020000Z"), Proven("20261116T020000Z"), Proven("20261117T020000Z"), Untested("20261118T020000Z"),
                    Untested("20261119T020000Z"), Untested("20261120T020000Z"),
                ],
                new RetentionRules { Last = 2 }));

    [Fact]
    public void ADamagedOneTakesNoPlaceAndStaysWhereThereIsNoBetter() =>
        Assert.Equal(
            [
                "20260810T020000Z goes",
                "20260910T020000Z last of 2026-09 (monthly 2 of 2)",
                "20261010T020000Z damaged, but there is no better of 2026-10 (monthly)",
                "20261118T020000Z goes",
                "20261119T020000Z last of 2026-11 (monthly 1 of 2), newest proven",
            ],
            Decide(
                [
                    Proven("20260810T020000Z"), Proven("20260910T020000Z"), Damaged("20261010T020000Z"), Damaged("20261118T020000Z"),
                    Proven("20261119T020000Z"),
                ],
                new RetentionRules { Monthly = 2 }));

    [Fact]
    public void ASnapshotFromTheFutureStaysAndCountsForNothing() =>
        Assert.Equal(
            ["20261119T020000Z goes", "20261120T020000Z last (1 of 1), newest proven", "20270101T020000Z dated in the future: its age says nothing"],
            Decide([Proven("20261119T020000Z"), Proven("20261120T020000Z"), Proven("20270101T020000Z")], new RetentionRules { Last = 1 }));

    [Fact]
    public void WithoutARuleEverythingStays() =>
        Assert.Equal(
            ["20261119T020000Z no rule says what to keep", "20261120T020000Z newest proven"],
            Decide([Proven("20261119T020000Z"), Proven("20261120T020000Z")], new RetentionRules()));

    internal static AsterisellBackup Untested(string id) => new()
    {
        Name = "billing",
        HostName = "milan",
        SnapshotId = id,
        Path = "/b/milan/billing/" + id,
        State = BackupState.Complete,
        CreatedAt = SnapshotId.TryParse(id, out SnapshotId parsed) ? parsed.Time : throw new ArgumentException(id),
    };

    internal static AsterisellBackup Proven(string id) => Untested(id) with { LastTestedAt = Now, LastTestLevel = BackupTestLevel.Content, LastTestPassed = true };

    internal static AsterisellBackup Looked(string id) => Proven(id) with { LastTestLevel = BackupTestLevel.Manifest };

    internal static AsterisellBackup Failed(string id) => Proven(id) with { LastTestPassed = false };

    internal static AsterisellBackup Damaged(string id) => Untested(id) with { State = BackupState.Damaged };

    private static RetentionPlan Make(AsterisellBackup[] backups, RetentionRules rules) => RetentionPlan.Make(backups, rules, Rome, Now);

    private static string[] Decide(AsterisellBackup[] backups, RetentionRules rules, TimeZoneInfo? zone = null, DateTimeOffset? now = null)
    {
        RetentionPlan plan = RetentionPlan.Make(backups, rules, zone ?? Rome, now ?? Now);
        return [.. backups.Select(backup => $"{backup.SnapshotId} {(plan.ReasonsOf(backup) is { Count: > 0 } reasons ? string.Join(", ", reasons) : "goes")}")];
    }
}
