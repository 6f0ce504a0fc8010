using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Watch;

namespace Asterisell.Tests.Unit.Backup.Watch;

public class StaleCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void FindsNothingWhereAllIsWell() => Assert.Empty(Judge([Proven(50), Proven(26), Proven(2)]));

    [Fact]
    public void NamesAnInstanceWithoutAnyBackup() => Assert.Equal([StaleReason.NoBackup], Reasons(Judge([])));

    [Fact]
    public void TheLimitItselfIsStillFine()
    {
        Assert.Empty(Judge([Proven(26)]));
        StaleBackup old = Assert.Single(Judge([Proven(26.1)]));
        Assert.Equal(StaleReason.TooOld, old.Reason);
        Assert.Equal("the newest backup is 26 h old; the limit is 26 h.", old.Message);
        Assert.Equal(Now.AddHours(-26.1), old.LastProvenAt);
    }

    [Fact]
    public void ADamagedOneIsNoBackup()
    {
        StaleBackup[] found = Judge([Proven(50), Proven(2) with { State = BackupState.Damaged, Reason = "manifest.json: the file is missing" }]);

        Assert.Equal([StaleReason.Damaged, StaleReason.TooOld], Reasons(found));
        Assert.Contains("manifest.json", found[0].Message);
        Assert.Equal(Now.AddHours(-50), found[1].CreatedAt);
    }

    [Fact]
    public void OnlyDamagedOnesAreNone() =>
        Assert.Equal([StaleReason.Damaged, StaleReason.NoBackup], Reasons(Judge([Proven(2) with { State = BackupState.Damaged }])));

    [Fact]
    public void ADamagedOneThatIsNotTheNewestIsNoAlarm() => Assert.Empty(Judge([Proven(50) with { State = BackupState.Damaged }, Proven(2)]));

    [Fact]
    public void ATestWithoutContentProvesNothing()
    {
        AsterisellBackup looked = Proven(2) with { LastTestLevel = BackupTestLevel.Manifest };

        Assert.Equal([StaleReason.NeverProven], Reasons(Judge([looked])));
        Assert.Empty(Judge([Proven(26), looked]));
    }

    [Fact]
    public void TheLastProofFailed()
    {
        AsterisellBackup failed = Proven(3) with { LastTestPassed = false };

        Assert.Equal([StaleReason.ProofFailed], Reasons(Judge([Proven(26), failed, Untested(2)])));
        Assert.Empty(Judge([failed, Proven(2)]));
        Assert.Equal([StaleReason.NeverProven, StaleReason.ProofFailed], Reasons(Judge([failed])));
    }

    [Fact]
    public void AProofMayBeTooOld()
    {
        AsterisellBackup[] backups = [Proven(24 * 9), Untested(2)];

        Assert.Empty(Judge(backups));
        StaleBackup old = Assert.Single(Judge(backups, new StaleLimits(TimeSpan.FromHours(26), TimeSpan.FromDays(8))));
        Assert.Equal((StaleReason.ProofTooOld, backups[0].CreatedAt), (old.Reason, old.CreatedAt));
    }

    [Theory]
    [InlineData(500, 100, 10_000, true)]
    [InlineData(499, 100, 10_000, false)]
    [InlineData(1000, 49, 10_000, false)]
    [InlineData(1000, 100, 4_999, false)]
    public void ASuddenlyMuchSmallerOneIsNamed(long rows, long calls, long bytes, bool fine)
    {
        AsterisellBackup newest = Proven(2) with { RowCount = rows, CallCount = calls, SizeBytes = bytes };

        StaleBackup[] found = Judge([Proven(98), Proven(74), Proven(50), newest]);

        Assert.Equal(fine ? [] : [StaleReason.MuchSmaller], Reasons(found));
    }

    [Fact]
    public void OneOddBackupAmongTheEarlierOnesIsNoMeasure()
    {
        AsterisellBackup odd = Proven(26) with { RowCount = 1, CallCount = 0, SizeBytes = 1 };

        Assert.Equal([StaleReason.MuchSmaller], Reasons(Judge([Proven(74), Proven(50), odd, odd with { CreatedAt = Now.AddHours(-2) }])));
        Assert.Empty(Judge([Proven(74), Proven(50), odd, Proven(2)]));
    }

    [Fact]
    public void ADatabaseThatHadNothingMayHaveNothing() =>
        Assert.Empty(Judge([Proven(26) with { CallCount = 0 }, Proven(2) with { CallCount = 0 }]));

    [Fact]
    public void ABackupFromTheFutureHidesNoSilence()
    {
        StaleBackup[] found = Judge([Proven(50), Proven(-48)]);

        Assert.Equal([StaleReason.FromTheFuture, StaleReason.TooOld], Reasons(found));
    }

    [Fact]
    public void ClocksMayDifferByMinutes() => Assert.Empty(Judge([Proven(-0.05)]));

    private static AsterisellBackup Proven(double hours) => Untested(hours) with
    {
        LastTestedAt = Now.AddHours(-hours).AddMinutes(5), LastTestLevel = BackupTestLevel.Content, LastTestPassed = true,
    };

    private static AsterisellBackup Untested(double hours) => new()
    {
        Name = "billing",
        HostName = "milan",
        SnapshotId = SnapshotId.From(Now.AddHours(-hours)).ToString(),
        Path = "/b",
        State = BackupState.Complete,
        CreatedAt = Now.AddHours(-hours),
        RowCount = 1000,
        CallCount = 100,
        SizeBytes = 10_000,
    };

    private static StaleBackup[] Judge(AsterisellBackup[] backups, StaleLimits? limits = null) =>
        [.. new StaleCheck("milan", "billing", null, limits ?? new StaleLimits(TimeSpan.FromHours(26)), Now).Judge(backups)];

    private static StaleReason[] Reasons(IEnumerable<StaleBackup> found) => [.. found.Select(one => one.Reason)];
}
