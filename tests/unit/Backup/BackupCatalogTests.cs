using Asterisell.Engine.Backup;

namespace Asterisell.Tests.Unit.Backup;

public class BackupCatalogTests
{
    [Fact]
    public async Task ListsByTimeAndDescribes()
    {
        using TemporaryFolder folder = new();
        await Snapshots.MakeAsync(folder.Path, "20240502T021500Z");
        await Snapshots.MakeAsync(folder.Path, "20240501T021500Z");

        List<AsterisellBackup> backups = await ListAsync(folder.Path);

        Assert.Equal(["20240501T021500Z", "20240502T021500Z"], backups.Select(backup => backup.SnapshotId));
        AsterisellBackup first = backups[0];
        Assert.Equal(("milan", "billing", BackupState.Complete), (first.HostName, first.Name, first.State));
        Assert.Equal((3, 7L, 3L, 4L), (first.TableCount, first.RowCount, first.CallCount, first.FileCount));
        Assert.Equal(TimeSpan.FromMilliseconds(11_750), first.Duration);
        Assert.Equal(new DirectoryInfo(first.Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length), first.SizeBytes);
        Assert.Null(first.LastTestedAt);
    }

    [Fact]
    public async Task NamesADamagedOneAndGoesOn()
    {
        using TemporaryFolder folder = new();
        AsterisellBackup broken = await Snapshots.MakeAsync(folder.Path, "20240501T021500Z");
        await Snapshots.MakeAsync(folder.Path, "20240502T021500Z");
        await File.WriteAllTextAsync(Path.Combine(broken.Path, "manifest.json"), "{");

        List<AsterisellBackup> backups = await ListAsync(folder.Path);

        Assert.Equal([BackupState.Damaged, BackupState.Complete], backups.Select(backup => backup.State));
        Assert.Equal("manifest.json: it does not agree with its checksum in manifest.sha256", backups[0].Reason);
    }

    [Fact]
    public async Task LooksAtNothingThatIsNotASnapshot()
    {
        using TemporaryFolder folder = new();
        AsterisellBackup backup = await Snapshots.MakeAsync(folder["dest"]);
        foreach (string name in new[] { "milan/billing/notes", "milan/billing/.partial-20240503T021500Z", ".trash/billing/20240501T021500Z", "milan/bil\nling/20240501T021500Z" })
        {
            Directory.CreateDirectory(folder[$"dest/{name}"]);
        }

        Directory.CreateSymbolicLink(folder["dest/linked"], folder["dest/milan"]);
        Directory.CreateSymbolicLink(folder["dest/milan/billing/20240504T021500Z"], backup.Path);

        Assert.Equal([backup.Path], (await ListAsync(folder["dest"])).Select(found => found.Path));
    }

    [Fact]
    public async Task SaysWhenASnapshotBelongsToAnotherInstance()
    {
        using TemporaryFolder folder = new();
        await Snapshots.MakeAsync(folder.Path);
        Directory.Move(folder["milan/billing"], folder["milan/other"]);

        AsterisellBackup moved = Assert.Single(await ListAsync(folder.Path));

        Assert.Equal(BackupState.Damaged, moved.State);
        Assert.Contains("expected milan/billing 20240501T021500Z, found milan/other 20240501T021500Z", moved.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TellsTheLastTestOfExactlyThisManifest()
    {
        using TemporaryFolder folder = new();
        AsterisellBackup backup = await Snapshots.MakeAsync(folder.Path);
        BackupVerdict verdict = await new BackupVerifier(TimeProvider.System).TestAsync(backup, BackupTestLevel.Content, null, default);

        AsterisellBackup tested = Assert.Single(await ListAsync(folder.Path));

        Assert.Equal((verdict.TestedAt, BackupTestLevel.Content, true), (tested.LastTestedAt, tested.LastTestLevel, tested.LastTestPassed));
        Directory.Delete(backup.Path, recursive: true);
        await Task.Delay(TimeSpan.FromMilliseconds(1));
        await Snapshots.MakeAsync(folder["other"]);
        Directory.Move(folder["other/milan/billing/20240501T021500Z"], backup.Path);
        string manifest = Path.Combine(backup.Path, "manifest.json");
        await Manifests.ChangeAsync(backup.Path, text => text.Replace("the job log", "nothing"));
        Assert.Null(Assert.Single(await ListAsync(folder.Path)).LastTestedAt);
    }

    [Fact]
    public async Task RefusesADestinationThatIsNotThere()
    {
        AsterisellException refused = await Assert.ThrowsAsync<AsterisellException>(() => ListAsync("/nowhere/at/all"));

        Assert.Equal("BackupDestinationNotFound", refused.ErrorId);
    }

    private static async Task<List<AsterisellBackup>> ListAsync(string destination) =>
        await BackupCatalog.ListAsync(destination, (_, _) => true, default).ToListAsync();
}
