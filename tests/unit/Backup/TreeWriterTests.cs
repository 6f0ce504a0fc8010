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
        Assert.Equal("1714529656.1234567890:64769:4711", hosts.Stamp);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1714613760500), hosts.ModifiedAt);
    }

    [Fact]
    public async Task WritesNothingOutsideOfItsFolder()
    {
        (TarBuilder Tar, string Why)[] hostile =
        [
            (new TarBuilder().File("/etc/passwd", "x"), "leads out"),
            (new TarBuilder().File("../../escaped", "x"), "leads out"),
            (new TarBuilder().File("etc/../../../escaped", "x"), "leads out"),
            (new TarBuilder().File("etc/hosts", "x").File("etc/hosts", "y"), "comes twice"),
            (new TarBuilder().Add("etc/b"u8.ToArray(), '1', [], "etc/passwd"), "second name"),
        ];
        foreach ((TarBuilder tar, string why) in hostile)
        {
            using TemporaryFolder folder = new();
            InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => StoreAsync(folder["inner/dest"], tar));

            Assert.Contains(why, refused.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFiles(folder.Path, "escaped", SearchOption.AllDirectories));
        }
    }

    [Fact]
    public async Task StoresNothingThatWasNotAskedForAndNoTarWithoutAnEnd()
    {
        using TemporaryFolder folder = new();
        TarBuilder tar = new TarBuilder().File("etc/hosts", "x");

        InvalidDataException stranger = await Assert.ThrowsAsync<InvalidDataException>(() => StoreAsync(folder["a"], tar.Finish(), []));
        InvalidDataException cut = await Assert.ThrowsAsync<InvalidDataException>(() => StoreAsync(folder["b"], tar.Unfinished(), tar.Asked()));

        Assert.Contains("was not asked for", stranger.Message, StringComparison.Ordinal);
        Assert.Contains("end", cut.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DoesNotWriteThroughALink()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["outside"]);
        TarBuilder tar = new TarBuilder().Link("etc/l", folder["outside"]).File("etc/l/file", "x").Link("etc/hosts", folder["outside/file"]);

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
        TreeWriter tree = new(writer, _ => null);
        TarBuilder first = new TarBuilder().File("etc/a", "long old").File("etc/b", "b");
        TarBuilder second = new TarBuilder().File("etc/a", "new").File("etc/c", "c");
        await tree.StoreAsync(new MemoryStream(first.Finish()), first.Asked(), null, default);
        await tree.StoreAsync(new MemoryStream(second.Finish()), second.Asked(), null, default);

        ManifestListing listing = await writer.CompleteListingAsync(default);

        string partial = Directory.GetDirectories(instance.Path, ".partial-*").Single();
        Assert.Equal((3L, 5L), (listing.Files, listing.FilesSizeBytes));
        Assert.Equal("new", await File.ReadAllTextAsync(Path.Combine(partial, "files/etc/a")));
        Assert.Equal(3, (await ListAsync(partial)).Select(entry => entry.Path).Distinct().Count());
        Assert.Equal([SnapshotLayout.Listing], Directory.GetFiles(partial).Select(Path.GetFileName));
    }

    /// <summary>An earlier snapshot has the same file under the same inode: whoever wrote into it would change that one too.</summary>
    [Fact]
    public async Task NeverWritesIntoAFileThatIsShared()
    {
        using TemporaryFolder folder = new();
        InstanceFolder instance = InstanceFolder.Open(folder.Path, Snapshots.Instance);
        AsterisellBackup earlier = await Snapshots.MakeAsync(folder.Path);
        await using SnapshotWriter writer = SnapshotWriter.Begin(instance, SnapshotId.From(DateTimeOffset.UtcNow));
        writer.CreateFolder("files/etc");
        Assert.Equal(ShareOutcome.Linked, new SharedTree(earlier.Path, writer.PartialPath).Share("files/etc/hosts"u8, 20));
        writer.AddShared(new SnapshotEntry { Path = "files/etc/hosts", Kind = SnapshotEntryKind.File, Size = 20, Source = "/etc/hosts" });
        TarBuilder tar = new TarBuilder().File("etc/hosts", "127.0.0.1 changed\n");

        await new TreeWriter(writer, _ => new TakenPlace("files/etc/hosts", Linked: true)).StoreAsync(new MemoryStream(tar.Finish()), tar.Asked(), null, default);

        ManifestListing listing = await writer.CompleteListingAsync(default);
        Assert.Equal("127.0.0.1 localhost\n", await File.ReadAllTextAsync(Path.Combine(earlier.Path, "files/etc/hosts")));
        Assert.Equal("127.0.0.1 changed\n", await File.ReadAllTextAsync(Path.Combine(writer.PartialPath, "files/etc/hosts")));
        Assert.Equal((1L, 18L, 0L), (listing.Files, listing.FilesSizeBytes, listing.SharedBytes));
    }

    [Fact]
    public async Task StoresNamesThatTakeEachOthersPlace()
    {
        using TemporaryFolder folder = new();
        string name = new('n', 220);
        byte[] bytes = Encoding.UTF8.GetBytes("etc/" + name);
        TarBuilder tar = new TarBuilder().Add("@"u8.ToArray(), 'L', [.. bytes, 0]).File("x", "long").File("etc/a%b", "percent");
        Dictionary<NameKey, byte[]> asked = tar.Asked();
        asked[NameKey.Of(bytes)] = TarBuilder.Found(bytes);

        List<SnapshotEntry> entries = await StoreAsync(folder.Path, tar.Finish(), asked);

        Assert.Equal(["/etc/" + name, "/etc/a%b"], entries.Select(entry => entry.Source));
        Assert.StartsWith("files/%long/", entries[0].Path, StringComparison.Ordinal);
    }

    private static Task<List<SnapshotEntry>> StoreAsync(string destination, TarBuilder tar) => StoreAsync(destination, tar.Finish(), tar.Asked());

    private static async Task<List<SnapshotEntry>> StoreAsync(string destination, byte[] tar, Dictionary<NameKey, byte[]> asked)
    {
        InstanceFolder instance = InstanceFolder.Open(destination, Snapshots.Instance);
        SnapshotId id = SnapshotId.From(new DateTimeOffset(2024, 5, 1, 2, 15, 0, TimeSpan.Zero));
        await using SnapshotWriter writer = SnapshotWriter.Begin(instance, id);
        List<SnapshotEntry> entries = [];
        await new TreeWriter(writer, _ => null).StoreAsync(new MemoryStream(tar), asked, entries.Add, default);
        await writer.CompleteListingAsync(default);
        return entries;
    }

    private static async Task<List<SnapshotEntry>> ListAsync(string snapshot)
    {
        await using FileStream listing = File.OpenRead(Path.Combine(snapshot, SnapshotLayout.Listing));
        return await FileListing.ReadAsync(listing, default).ToListAsync();
    }
}
