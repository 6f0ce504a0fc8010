using Asterisell.Engine.Backup;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Transfer;

namespace Asterisell.Tests.Unit.Backup;

public sealed class SnapshotArchiveTests : IDisposable
{
    private const string Root = "milan/billing/20240501T021500Z/";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task UnpacksToTheSameSnapshot()
    {
        AsterisellBackup backup = await Snapshots.MakeAsync(folder["from"]);
        ExportResult result = await new DataExport(TimeProvider.System).ExportAsync(backup, new ExportOptions(folder["one.tar"]), null, default);

        await using FileStream file = File.OpenRead(result.Path!);
        string unpacked = await SnapshotArchive.UnpackAsync(file, folder["into"], "milan/billing", _ => { }, default);

        AsterisellBackup copy = await BackupCatalog.DescribeAsync(unpacked, default);
        BackupVerdict verdict = await new BackupVerifier(TimeProvider.System).TestAsync(copy, BackupTestLevel.Content, null, default);
        Assert.Empty(verdict.Findings);
        Assert.Equal(backup.SnapshotId, copy.SnapshotId);
        Assert.Equal(new FileInfo(result.Path!).Length, result.SizeBytes);
        Assert.DoesNotContain(Directory.GetFileSystemEntries(folder.Path), path => Path.GetFileName(path)[0] == '.');
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/passwd")]
    [InlineData(Root + "../../../../outside")]
    [InlineData(Root + "a\\..\\outside")]
    [InlineData("milan/other/20240501T021500Z/manifest.json")]
    [InlineData("milan/billing/latest/manifest.json")]
    [InlineData("outside")]
    public async Task RefusesAPlaceThatNoSnapshotHas(string name)
    {
        byte[] tar = new TarBuilder().File(Root + "manifest.json", "{}").File(name, "x").Finish();

        await Assert.ThrowsAsync<InvalidDataException>(
            () => SnapshotArchive.UnpackAsync(new MemoryStream(tar), folder["into"], "milan/billing", _ => { }, default));

        Assert.Equal(["manifest.json"], Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public async Task RefusesLinksASecondFileOfTheSameNameAndACut()
    {
        byte[] link = new TarBuilder().Link(Root + "manifest.json", "/etc/passwd").Finish();
        byte[] twice = new TarBuilder().File(Root + "manifest.json", "a").File(Root + "manifest.json", "b").Finish();
        byte[] whole = new TarBuilder().File(Root + "manifest.json", "a").Finish();

        await Assert.ThrowsAsync<InvalidDataException>(() => UnpackAsync(link, "link"));
        await Assert.ThrowsAsync<AsterisellException>(() => UnpackAsync(twice, "twice"));
        await Assert.ThrowsAsync<InvalidDataException>(() => UnpackAsync(whole[..1024], "cut"));
        await Assert.ThrowsAsync<InvalidDataException>(() => UnpackAsync(new byte[1024], "empty"));
    }

    [Fact]
    public void TakesAwayTheFolderOfAKilledRunAndLeavesOneThatLives()
    {
        using WorkFolder lives = WorkFolder.Create(folder.Path, "x");
        string dead = folder[".asterisell-work-dead"];
        Directory.CreateDirectory(dead);
        File.WriteAllText(dead + ".lock", "");
        File.WriteAllText(Path.Combine(dead, "clear"), "data");

        using (WorkFolder other = WorkFolder.Create(folder.Path, "x"))
        {
            Assert.True(Directory.Exists(other.Path));
            Assert.True(Directory.Exists(lives.Path));
            Assert.False(Directory.Exists(dead));
        }

        Assert.Equal(2, Directory.GetFileSystemEntries(folder.Path).Length);
    }

    public void Dispose() => folder.Dispose();

    private Task<string> UnpackAsync(byte[] tar, string into) =>
        SnapshotArchive.UnpackAsync(new MemoryStream(tar), folder[into], "milan/billing", _ => { }, default);
}
