using System.Runtime.Versioning;
using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Tests.Unit.Backup;

[SupportedOSPlatform("linux")]
public class EarlierSnapshotTests
{
    [Fact]
    public async Task IsTheNewest()
    {
        using TemporaryFolder folder = new();
        await Snapshots.MakeAsync(folder.Path);
        await Snapshots.MakeAsync(folder.Path, "20240502T021500Z");

        (EarlierSnapshot? found, List<string> notes) = await FindAsync(folder);

        Assert.Equal("20240502T021500Z", found!.Id.ToString());
        Assert.False(found.Suspect);
        Assert.Empty(notes);
    }

    [Fact]
    public async Task IsNoneThatIsDamagedOrFailedItsTest()
    {
        using TemporaryFolder folder = new();
        await Snapshots.MakeAsync(folder.Path);
        AsterisellBackup failed = await Snapshots.MakeAsync(folder.Path, "20240502T021500Z");
        AsterisellBackup damaged = await Snapshots.MakeAsync(folder.Path, "20240503T021500Z");
        File.Delete(Path.Combine(failed.Path, "files/etc/hosts"));
        Assert.False((await BackupVerifierTests.TestAsync(failed)).Passed);
        await File.AppendAllTextAsync(Path.Combine(damaged.Path, SnapshotLayout.Manifest), " ");

        (EarlierSnapshot? found, List<string> notes) = await FindAsync(folder);

        Assert.Equal("20240501T021500Z", found!.Id.ToString());
        Assert.True(found.Suspect);
        Assert.Equal(2, notes.Count);
        Assert.StartsWith("Nothing is shared with the snapshot 20240503T021500Z: manifest.json: ", notes[0], StringComparison.Ordinal);
        Assert.Equal("Nothing is shared with the snapshot 20240502T021500Z: its last test failed.", notes[1]);
    }

    [Fact]
    public async Task IsNoneWhereThereIsNone()
    {
        using TemporaryFolder folder = new();

        Assert.Null((await FindAsync(folder)).Found);
    }

    private static async Task<(EarlierSnapshot? Found, List<string> Notes)> FindAsync(TemporaryFolder folder)
    {
        List<string> notes = [];
        InstanceFolder instance = InstanceFolder.Open(folder.Path, Snapshots.Instance);
        return (await EarlierSnapshot.FindAsync(instance, notes.Add, default), notes);
    }
}
