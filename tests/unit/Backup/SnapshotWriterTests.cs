using System.Runtime.Versioning;
using Asterisell.Engine.Backup;
using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Tests.Unit.Backup;

[SupportedOSPlatform("linux")]
public class SnapshotWriterTests
{
    [Fact]
    public async Task IsInvisibleUntilItIsWholeAndGoneWhenItIsNot()
    {
        using TemporaryFolder folder = new();
        InstanceFolder instance = InstanceFolder.Open(folder.Path, Snapshots.Instance);
        SnapshotId id = SnapshotId.From(DateTimeOffset.UtcNow);
        await using (SnapshotWriter writer = SnapshotWriter.Begin(instance, id))
        {
            await writer.AddFileAsync("database/x", "x"u8.ToArray(), default);
            Assert.Empty(await BackupCatalog.ListAsync(folder.Path, (_, _) => true, default).ToListAsync());
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(instance.Path));
    }

    [Fact]
    public async Task GivesNothingToOtherAccounts()
    {
        using TemporaryFolder folder = new();
        AsterisellBackup backup = await Snapshots.MakeAsync(folder["dest"]);

        string[] open = [.. new DirectoryInfo(folder["dest"]).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Where(found => ((int)found.UnixFileMode & 0b000_111_111) != 0).Select(found => found.FullName)];
        Assert.Empty(open);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(backup.Path, SnapshotLayout.Accounts)));
    }

    [Fact]
    public async Task HasAManifestThatSha256SumReads()
    {
        using TemporaryFolder folder = new();
        AsterisellBackup backup = await Snapshots.MakeAsync(folder.Path);

        Processes.Run("sh", "-c", "cd \"$1\" && sha256sum --check --strict manifest.sha256", "sh", backup.Path);
    }

    [Fact]
    public async Task RemovesWhatKilledRunsLeft()
    {
        using TemporaryFolder folder = new();
        AsterisellBackup backup = await Snapshots.MakeAsync(folder.Path);
        InstanceFolder instance = InstanceFolder.Open(folder.Path, Snapshots.Instance);
        Directory.CreateDirectory(Path.Combine(instance.Path, ".partial-20240502T021500Z/files"));

        string dead = Assert.Single(instance.FindPartialSnapshots());
        Assert.Equal(".partial-20240502T021500Z", Path.GetFileName(dead));

        InstanceFolder.Remove([dead]);

        Assert.True(Directory.Exists(backup.Path));
        Assert.Empty(instance.FindPartialSnapshots());
    }

    [Fact]
    public async Task WaitsForTheNextSecondWhenTheNameIsTaken()
    {
        using TemporaryFolder folder = new();
        InstanceFolder instance = InstanceFolder.Open(folder.Path, Snapshots.Instance);
        (SnapshotId first, _) = await instance.ReserveIdAsync(TimeProvider.System, default);
        Directory.CreateDirectory(Path.Combine(instance.Path, first.ToString()));

        (SnapshotId second, _) = await instance.ReserveIdAsync(TimeProvider.System, default);

        Assert.True(second > first);
        Assert.True(string.CompareOrdinal(second.ToString(), first.ToString()) > 0);
    }

    [Fact]
    public void LetsOneRunWorkAtATimeAndSaysWho()
    {
        using TemporaryFolder folder = new();
        using (SnapshotLock.Take(folder.Path, "milan/billing", DateTimeOffset.UtcNow))
        {
            AsterisellException refused = Assert.Throws<AsterisellException>(
                () => SnapshotLock.Take(folder.Path, "milan/billing", DateTimeOffset.UtcNow));

            Assert.Equal("BackupAlreadyRunning", refused.ErrorId);
            Assert.Contains($"process {Environment.ProcessId} of {Environment.UserName} on {Environment.MachineName}", refused.Message, StringComparison.Ordinal);
        }

        SnapshotLock.Take(folder.Path, "milan/billing", DateTimeOffset.UtcNow).Dispose();
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    [InlineData("a\nb")]
    [InlineData("")]
    public void RefusesNamesThatAreNoFolders(string name)
    {
        using TemporaryFolder folder = new();

        AsterisellException refused = Assert.Throws<AsterisellException>(
            () => InstanceFolder.Open(folder.Path, Snapshots.Instance with { Name = name }));
        Assert.Equal("BackupNameUnsafe", refused.ErrorId);
    }

    [Theory]
    [InlineData("20240501T021500Z", true)]
    [InlineData("20240501T021500", false)]
    [InlineData("20240230T021500Z", false)]
    [InlineData("20240501T021500Z ", false)]
    [InlineData(".partial-20240501T021500Z", false)]
    [InlineData("２0240501T021500Z", false)]
    public void ReadsOnlyExactNames(string text, bool isId)
    {
        Assert.Equal(isId, SnapshotId.TryParse(text, out _));
    }
}
