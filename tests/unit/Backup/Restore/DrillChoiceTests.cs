using Asterisell.Engine.Backup.Restore.Drill;
using Asterisell.Engine.Deployment.Scratch;

namespace Asterisell.Tests.Unit.Backup.Restore;

/// <summary>Over the days every instance has its turn; only what nobody wants is removed.</summary>
public sealed class DrillChoiceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("asterisell-drill-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TakesTheLongestUntestedFirst()
    {
        AsterisellBackup[] backups = [Backup("a", daysAgo: 1), Backup("b", daysAgo: 9), Backup("c", daysAgo: null), Backup("d", daysAgo: 3)];

        Assert.Equal(["c"], DrillChoice.Sample(backups, new BatchSize("25%"), DrillStore.FindLast).Select(backup => backup.Name));
        Assert.Equal(["c", "b", "d"], DrillChoice.Sample(backups, new BatchSize(3), DrillStore.FindLast).Select(backup => backup.Name));
        Assert.Equal(4, DrillChoice.Sample(backups, new BatchSize(99), DrillStore.FindLast).Count);
    }

    [Fact]
    public void KnowsWhetherTheProcessLives()
    {
        ScratchOwner own = ScratchOwner.Current;

        Assert.Equal(own, ScratchOwner.Parse(own.ToString()));
        Assert.False(own.IsGone(TimeSpan.FromDays(9)));
        Assert.True((own with { StartedAt = own.StartedAt - TimeSpan.TicksPerHour }).IsGone(TimeSpan.Zero));
        Assert.False((own with { Machine = "elsewhere" }).IsGone(TimeSpan.FromHours(1)));
        Assert.True((own with { Machine = "elsewhere" }).IsGone(TimeSpan.FromHours(25)));
        Assert.Null(ScratchOwner.Parse("nonsense"));
    }

    private AsterisellBackup Backup(string name, int? daysAgo)
    {
        string folder = Path.Combine(_folder, "host", name);
        Directory.CreateDirectory(Path.Combine(folder, ".verdicts"));
        if (daysAgo is { } days)
        {
            string file = Path.Combine(folder, ".verdicts", "20260101T000000Z.drill.json");
            File.WriteAllText(file, "{}");
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-days));
        }

        return new AsterisellBackup
        {
            Name = name, HostName = "host", SnapshotId = "20260202T000000Z", Path = Path.Combine(folder, "20260202T000000Z"), State = BackupState.Complete,
        };
    }
}
