using System.Text;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Tree;

namespace Asterisell.Tests.Unit.Backup;

public class TreeWriterTests
{
    [Fact]
    public async Task StoresFilesAndWritesDownTheRest()
    {
        using TemporaryFolder folder = new();
        AsterisellBackup backup = await Snapshots.MakeAsync(folder.Path);

        Assert.Equal("127.0.0.1 localhost\n", await File.ReadAllTextAsync(Path.Combine(backup.Path, "files/etc/hosts")));
        Assert.True(Directory.Exists(Path.Combine(backup.Path, "files/etc/none")));
        List<SnapshotEntry> entries = await ListAsync(backup.Path);
        SnapshotEntry link = entries.Single(entry => entry.Kind == SnapshotEntryKind.Link);
        Assert.Equal(("/etc/localtime", "/usr/share/zoneinfo/UTC"), (link.Source, link.LinkTarget));
        Assert.False(Path.Exists(Path.Combine(backup.Path, link.Path)));
        SnapshotEntry odd = entries.Single(entry => entry.SourceBytes is not null);
        Assert.Equal("files/etc/odd%FF%3Aname", odd.Path);
        SnapshotEntry hosts = entries.Single(entry => entry.Source == "/etc/hosts");
        Assert.Equal(("0644", "root", 0L), (hosts.Mode, hosts.Owner, hosts.UserId));
    }

    [Fact]
    public async Task WritesNothingOutsideOfItsFolder()
    {
        (byte[] Tar, string Why)[] hostile =
        [
            (new TarBuilder().File("/etc/passwd", "x").Finish(), "leads out"),
            (new TarBuilder().File("../../escaped", "x").Finish(), "leads out"),
            (new TarBuilder().File("etc/../../../escaped", "x").Finish(), "leads out"),
            (new TarBuilder().File("etc/hosts", "x").File("etc/hosts", "y").Finish(), "comes twice"),
            (new TarBuilder().Add("etc/b"u8.ToArray(), '1', [], "etc/passwd").Finish(), "second name"),
            (new TarBuilder().File("etc/hosts", "x").Unfinished(), "end"),
        ];
        foreach ((byte[] tar, string why) in hostile)
        {
            using TemporaryFolder folder = new();
            InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => StoreAsync(folder["inner/dest"], tar));

            Assert.Contains(why, refused.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFiles(folder.Path, "escaped", SearchOption.AllDirectories));
        }
    }

    [Fact]
    public async Task DoesNotWriteThroughALink()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["outside"]);
        byte[] tar = new TarBuilder().Link("etc/l", folder["outside"]).File("etc/l/file", "x").Link("etc/hosts", folder["outside/file"]).Finish();

        await StoreAsync(folder["dest"], tar);

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["outside"]));
    }

    [Fact]
    public async Task TakesANewerReadingForAnEarlierOne()
    {
        using TemporaryFolder folder = new();
        InstanceFolder instance = InstanceFolder.Open(folder.Path, Snapshots.Instance);
        SnapshotId id = SnapshotId.From(new DateTimeOffset(2024, 5, 1, 2, 15, 0, TimeSpan.Zero));
        await using SnapshotWriter writer = SnapshotWriter.Begin(instance, id);
        TreeWriter tree = new(writer);
        await tree.StoreAsync(new MemoryStream(new TarBuilder().File("etc/a", "long old").File("etc/b", "b").Finish()), again: false, null, default);
        await tree.StoreAsync(new MemoryStream(new TarBuilder().File("etc/a", "new").File("etc/c", "c").Finish()), again: true, null, default);

        ManifestListing listing = await writer.CompleteListingAsync(default);

        string partial = Directory.GetDirectories(instance.Path, ".partial-*").Single();
        Assert.Equal((3L, 5L), (listing.Files, listing.FilesSizeBytes));
        Assert.Equal("new", await File.ReadAllTextAsync(Path.Combine(partial, "files/etc/a")));
        Assert.Equal(3, (await ListAsync(partial)).Select(entry => entry.Path).Distinct().Count());
        Assert.Equal([SnapshotLayout.Listing], Directory.GetFiles(partial).Select(Path.GetFileName));
    }

    [Fact]
    public async Task StoresNamesThatTakeEachOthersPlace()
    {
        using TemporaryFolder folder = new();
        string name = new('n', 220);
        byte[] tar = Encoding.UTF8.GetBytes("etc/" + name) is var bytes
            ? new TarBuilder().Add("@"u8.ToArray(), 'L', [.. bytes, 0]).File("x", "long").File("etc/a%b", "percent").Finish() : [];

        List<SnapshotEntry> entries = await StoreAsync(folder.Path, tar);

        Assert.Equal(["/etc/" + name, "/etc/a%b"], entries.Select(entry => entry.Source));
        Assert.StartsWith("files/%long/", entries[0].Path, StringComparison.Ordinal);
    }

    private static async Task<List<SnapshotEntry>> StoreAsync(string destination, byte[] tar)
    {
        InstanceFolder instance = InstanceFolder.Open(destination, Snapshots.Instance);
        SnapshotId id = SnapshotId.From(new DateTimeOffset(2024, 5, 1, 2, 15, 0, TimeSpan.Zero));
        await using SnapshotWriter writer = SnapshotWriter.Begin(instance, id);
        List<SnapshotEntry> entries = [];
        await new TreeWriter(writer).StoreAsync(new MemoryStream(tar), again: false, entries.Add, default);
        await writer.CompleteListingAsync(default);
        return entries;
    }

    private static async Task<List<SnapshotEntry>> ListAsync(string snapshot)
    {
        await using FileStream listing = File.OpenRead(Path.Combine(snapshot, SnapshotLayout.Listing));
        return await FileListing.ReadAsync(listing, default).ToListAsync();
    }
}
