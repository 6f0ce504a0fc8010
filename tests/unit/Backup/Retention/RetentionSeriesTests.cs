using System.Runtime.Versioning;
using Asterisell.Engine.Backup;
using Asterisell.Engine.Backup.Retention;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Targets;

namespace Asterisell.Tests.Unit.Backup.Retention;

[SupportedOSPlatform("linux")]
public sealed class RetentionSeriesTests : IDisposable
{
    private static readonly string[] Ids = ["20240501T021500Z", "20240502T021500Z", "20240503T021500Z", "20240504T021500Z"];
    private static readonly RetentionRules LastOne = new() { Last = 1 };

    private readonly TemporaryFolder _folder = new();

    private string InstanceFolder => _folder["milan/billing"];

    [Fact]
    public async Task RemovesWhatNothingKeepsAndSaysWhatTheDiskGotBack()
    {
        await MakeAsync(proven: [Ids[0], Ids[3]]);
        long before = Used();

        IReadOnlyList<RetentionDecision> decisions = await RemoveAsync(LastOne);

        Assert.Equal(Ids, decisions.Select(decision => decision.SnapshotId));
        Assert.Equal(
            [RetentionOutcome.Removed, RetentionOutcome.Removed, RetentionOutcome.Removed, RetentionOutcome.Kept],
            decisions.Select(decision => decision.Outcome));
        Assert.Equal(["last (1 of 1)", "newest proven"], decisions[3].Reasons);
        Assert.All(decisions.Take(3), decision => Assert.Equal(decision.SizeBytes, decision.FreedBytes));
        Assert.Equal([Ids[3]], Entries());
        Assert.Equal([$"{Ids[3]}.json"], Directory.GetFiles(Path.Combine(InstanceFolder, ".verdicts")).Select(file => Path.GetFileName(file)));
        Assert.Equal(before - Used(), decisions.Sum(decision => decision.FreedBytes ?? 0) + VerdictBytes);
    }

    [Fact]
    public async Task WhatOthersShareIsNotFreed()
    {
        await MakeAsync(proven: [Ids[3]]);
        string shared = Path.Combine(InstanceFolder, Ids[3], "files/etc/big");
        foreach (string id in Ids[1..3])
        {
            string own = Path.Combine(InstanceFolder, id, "files/etc/big");
            File.Delete(own);
            Assert.Equal(ShareOutcome.Linked, new SharedTree(Path.Combine(InstanceFolder, Ids[3]), Path.Combine(InstanceFolder, id)).Share("files/etc/big"u8, 300_000));
        }

        IReadOnlyList<RetentionDecision> decisions = await RemoveAsync(LastOne);

        Assert.Equal([0, 300_000, 300_000], decisions.Take(3).Select(decision => decision.SizeBytes - decision.FreedBytes!.Value));
        Assert.Equal(300_000, new FileInfo(shared).Length);
    }

    [Fact]
    public async Task OnlyWhatIsConfirmedGoes()
    {
        await MakeAsync(proven: [Ids[3]]);
        RetentionSeries series = await DecideAsync(LastOne);

        IReadOnlyList<RetentionDecision> decisions = await series.RemoveAsync(new HashSet<string> { series.Decisions[1].Path }, null, default);

        Assert.Equal(
            [RetentionOutcome.Removable, RetentionOutcome.Removed, RetentionOutcome.Removable, RetentionOutcome.Kept],
            decisions.Select(decision => decision.Outcome));
        Assert.Equal([Ids[0], Ids[2], Ids[3]], Entries());
    }

    [Fact]
    public async Task OnlyThoseNamedMayGo()
    {
        await MakeAsync(proven: [Ids[3]]);

        IReadOnlyList<RetentionDecision> decisions = await RemoveAsync(LastOne, [Ids[0], Ids[3]]);

        Assert.Equal([RetentionOutcome.Removed, RetentionOutcome.Kept, RetentionOutcome.Kept, RetentionOutcome.Kept], decisions.Select(decision => decision.Outcome));
        Assert.Equal("no rule keeps it, but it is not among those named", Assert.Single(decisions[1].Reasons));
    }

    [Fact]
    public async Task LooksAtTheNewestProvenAgainBeforeAnythingGoes()
    {
        await MakeAsync(proven: [Ids[3]]);
        File.Delete(Path.Combine(InstanceFolder, Ids[3], "files/etc/hosts"));

        RetentionSeries series = await DecideAsync(LastOne);
        IReadOnlyList<RetentionDecision> decisions = await RemoveAsync(series);

        Assert.All(decisions, decision => Assert.Equal(RetentionOutcome.Kept, decision.Outcome));
        Assert.Contains("20240504T021500Z, is damaged", series.Hold);
        Assert.Equal(Ids, Entries());
        Assert.False((await ListAsync())[3].LastTestPassed);
    }

    [Fact]
    public async Task AnEarlierProvenOneTakesThePartOfOneThatRotted()
    {
        await MakeAsync(proven: [Ids[1], Ids[2]]);
        File.Delete(Path.Combine(InstanceFolder, Ids[2], "files/etc/hosts"));

        IReadOnlyList<RetentionDecision> decisions = await RemoveAsync(LastOne);

        Assert.Equal(
            [RetentionOutcome.Removed, RetentionOutcome.Kept, RetentionOutcome.Kept, RetentionOutcome.Kept], decisions.Select(decision => decision.Outcome));
        Assert.Contains("newest proven", decisions[1].Reasons);
    }

    [Fact]
    public async Task GoesOnWithARemovalThatWasInterrupted()
    {
        await MakeAsync(proven: [Ids[3]]);
        Directory.Move(Path.Combine(InstanceFolder, Ids[0]), Path.Combine(InstanceFolder, ".removing-" + Ids[0]));
        File.Delete(Path.Combine(InstanceFolder, ".removing-" + Ids[0], "manifest.json"));

        Assert.Equal(Ids[1..], (await ListAsync()).Select(backup => backup.SnapshotId));
        IReadOnlyList<RetentionDecision> decisions = await RemoveAsync(new RetentionRules { Last = 10 });

        Assert.Equal((Ids[0], RetentionOutcome.Removed, BackupState.Failed), (decisions[0].SnapshotId, decisions[0].Outcome, decisions[0].State));
        Assert.Equal("its removal was interrupted", Assert.Single(decisions[0].Reasons));
        Assert.True(decisions[0].FreedBytes > 300_000);
        Assert.Equal(Ids[1..], Entries());
    }

    [Fact]
    public async Task TellsDeadPartialsFromDamagedSnapshots()
    {
        await MakeAsync(proven: [Ids[2]]);
        Directory.Move(Path.Combine(InstanceFolder, Ids[0]), Path.Combine(InstanceFolder, ".partial-" + Ids[0]));
        Directory.Move(Path.Combine(InstanceFolder, Ids[3]), Path.Combine(InstanceFolder, ".partial-" + Ids[3]));
        File.Delete(Path.Combine(InstanceFolder, Ids[1], "manifest.json"));

        IReadOnlyList<RetentionDecision> decisions = await RemoveAsync(LastOne);

        Assert.Equal(
            [
                $"{Ids[0]} Failed Removed never finished, and a newer backup is whole",
                $"{Ids[1]} Damaged Removed damaged, and no rule keeps it",
                $"{Ids[2]} Complete Kept last (1 of 1), newest proven",
                $"{Ids[3]} Failed Kept never finished, or being made: the next backup goes on from it or removes it",
            ],
            decisions.OrderBy(decision => decision.SnapshotId)
                .Select(decision => $"{decision.SnapshotId} {decision.State} {decision.Outcome} {string.Join(", ", decision.Reasons)}"));
    }

    [Fact]
    public async Task NothingGoesWhileAnotherRunWorksThere()
    {
        await MakeAsync(proven: [Ids[3]]);
        using SnapshotLock busy = SnapshotLock.Take(InstanceFolder, "milan/billing", DateTimeOffset.UtcNow);

        AsterisellException failure = await Assert.ThrowsAsync<AsterisellException>(() => RemoveAsync(LastOne));

        Assert.Equal("BackupAlreadyRunning", failure.ErrorId);
        Assert.Equal(Ids, Entries());
    }

    [Fact]
    public async Task WhatSomebodyReadsStaysUntilTheyHaveEnded()
    {
        await MakeAsync(proven: [Ids[0], Ids[3]]);
        AsterisellBackup read = (await ListAsync()).Single(backup => backup.SnapshotId == Ids[1]);
        using (SnapshotUse.Begin(read))
        using (SnapshotUse.Begin(read))
        {
            RetentionDecision kept = (await RemoveAsync(LastOne)).Single(decision => decision.SnapshotId == Ids[1]);

            Assert.Equal(RetentionOutcome.Kept, kept.Outcome);
            Assert.Equal(["in use by a restore, a test or an export"], kept.Reasons);
            Assert.Equal([Ids[1], Ids[3]], Entries());
            AsterisellException refused = Assert.Throws<AsterisellException>(() => SnapshotRemoval.Remove(read.Path, read.ToString(), default));
            Assert.Equal("BackupInUse", refused.ErrorId);
        }

        Assert.Equal(RetentionOutcome.Removed, (await RemoveAsync(LastOne)).Single(decision => decision.SnapshotId == Ids[1]).Outcome);
    }

    [Fact]
    public async Task NobodyBeginsToReadWhatIsBeingRemoved()
    {
        await MakeAsync(proven: [Ids[3]]);
        AsterisellBackup going = (await ListAsync()).Single(backup => backup.SnapshotId == Ids[1]);
        using (SnapshotUse.Claim(going.Path))
        {
            AsterisellException refused = await Assert.ThrowsAsync<AsterisellException>(
                () => new BackupVerifier(TimeProvider.System).TestAsync(going, BackupTestLevel.Content, null, default));
            Assert.Equal("BackupBeingRemoved", refused.ErrorId);
        }

        Assert.True((await new BackupVerifier(TimeProvider.System).TestAsync(going, BackupTestLevel.Content, null, default)).Passed);
    }

    [Fact]
    public async Task AQuickLookTakesNoProofAway()
    {
        await MakeAsync(proven: [Ids[3]]);

        await new BackupVerifier(TimeProvider.System).TestAsync((await ListAsync())[3], BackupTestLevel.Manifest, null, default);

        Assert.True((await ListAsync())[3].IsProven);
    }

    [Fact]
    public async Task ALinkInASnapshotIsRemovedAndNotFollowed()
    {
        await MakeAsync(proven: [Ids[3]]);
        string outside = Directory.CreateDirectory(_folder["outside"]).FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "precious"), "x");
        Directory.CreateSymbolicLink(Path.Combine(InstanceFolder, Ids[0], "files/way-out"), outside);

        await RemoveAsync(LastOne);

        Assert.True(File.Exists(Path.Combine(outside, "precious")));
        Assert.Equal([Ids[3]], Entries());
    }

    [Fact]
    public async Task CancelledInTheMiddleItShowsNothingHalfRemoved()
    {
        await MakeAsync(proven: [Ids[3]]);
        using CancellationTokenSource stop = new();
        RetentionSeries series = await DecideAsync(LastOne);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => series.RemoveAsync(
            series.Decisions.Select(decision => decision.Path).ToHashSet(), new StopAt(Ids[1], stop), stop.Token));

        Assert.Equal([Ids[3]], Entries());
        Assert.NotEmpty(Directory.GetDirectories(InstanceFolder, ".removing-*"));
        await RemoveAsync(LastOne);
        Assert.Empty(Directory.GetDirectories(InstanceFolder, ".removing-*"));
        Assert.True((await ListAsync())[0].IsProven);
    }

    [Fact]
    public async Task RulesComeFromTheTargetOrNothingGoes()
    {
        IBackupTarget named = new FolderTarget(Target(new RetentionPolicy { KeepDaily = 3 }), _folder.Path);
        Assert.Equal(new RetentionRules { Daily = 3 }, RetentionSeries.RulesOf(named, "milan", () => throw new InvalidOperationException()));

        AsterisellInventory inventory = new() { Path = "/i.yml", Targets = [Target(new RetentionPolicy { KeepWithinDays = 7 })] };
        Assert.Equal(new RetentionRules { Within = TimeSpan.FromDays(7) }, RetentionSeries.RulesOf(Place, "milan", () => inventory));

        foreach (IReadOnlyList<BackupTarget> targets in new BackupTarget[][] { [], [Target(new RetentionPolicy())] })
        {
            AsterisellException failure = Assert.Throws<AsterisellException>(() => RetentionSeries.RulesOf(Place, "milan", () => inventory with { Targets = targets }));
            Assert.Equal("RetentionNotSet", failure.ErrorId);
        }

        await Task.CompletedTask;

        BackupTarget Target(RetentionPolicy policy) => new() { Name = "disk", Kind = BackupTargetKind.Directory, Path = _folder.Path + "/", Retention = policy };
    }

    public void Dispose() => _folder.Dispose();

    private FolderTarget Place => new(null, _folder.Path);

    private long VerdictBytes { get; set; }

    private async Task MakeAsync(string[] proven)
    {
        foreach (string id in Ids)
        {
            AsterisellBackup backup = await Snapshots.MakeAsync(_folder.Path, id);
            if (proven.Contains(id))
            {
                Assert.True((await BackupVerifierTests.TestAsync(backup)).Passed);
            }
        }

        VerdictBytes = proven.Where(id => id != Ids[3]).Sum(id => new FileInfo(Path.Combine(InstanceFolder, ".verdicts", $"{id}.json")).Length);
    }

    private Task<RetentionSeries> DecideAsync(RetentionRules rules, IReadOnlySet<string>? only = null) =>
        RetentionSeries.DecideAsync(Place, "milan", "billing", rules, TimeZoneInfo.Utc, only, TimeProvider.System, default);

    private async Task<IReadOnlyList<RetentionDecision>> RemoveAsync(RetentionRules rules, HashSet<string>? only = null) =>
        await RemoveAsync(await DecideAsync(rules, only));

    private static Task<IReadOnlyList<RetentionDecision>> RemoveAsync(RetentionSeries series) =>
        series.RemoveAsync(series.Decisions.Select(decision => decision.Path).ToHashSet(), null, default);

    private async Task<List<AsterisellBackup>> ListAsync() => await BackupCatalog.ListAsync(_folder.Path, (_, _) => true, default).ToListAsync();

    private string[] Entries() =>
        [.. Directory.GetDirectories(InstanceFolder).Select(folder => Path.GetFileName(folder)).Where(name => name[0] != '.').Order(StringComparer.Ordinal)];

    private long Used() => new DirectoryInfo(_folder.Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    private sealed class StopAt(string id, CancellationTokenSource stop) : Asterisell.Engine.Operations.IOperationProgress
    {
        public void Report(string value)
        {
            if (value.EndsWith(id, StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }

        public void Report(string step, int percent) => Report(step);
    }
}
