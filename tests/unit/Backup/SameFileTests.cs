using System.Text;
using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Tree;

namespace Asterisell.Tests.Unit.Backup;

public class SameFileTests
{
    private const string Found = "f:5:1700000000.5000000000:1700000100.1234567890:64769:4711:644:0:0:root:root:/etc/a";

    /// <summary>An hour after the file was changed last.</summary>
    private static readonly DateTimeOffset Listed = DateTimeOffset.FromUnixTimeSeconds(1700003700);

    [Theory]
    [InlineData(Found, "Same")]
    [InlineData("f:6:1700000000.5000000000:1700000100.1234567890:64769:4711:644:0:0:root:root:/etc/a", "Changed")]
    [InlineData("f:5:1700000001.5000000000:1700000101.1234567890:64769:4711:644:0:0:root:root:/etc/a", "Changed")]
    [InlineData("f:5:1700000000.5000000000:1700000100.1234567891:64769:4711:644:0:0:root:root:/etc/a", "Unsure")]
    [InlineData("f:5:1700000000.5000000000:1700000100.1234567890:64769:4712:644:0:0:root:root:/etc/a", "Unsure")]
    [InlineData("f:5:1700000000.5000000000:1700000100.1234567890:64770:4711:644:0:0:root:root:/etc/a", "Unsure")]
    [InlineData("d:5:1700000000.5000000000:1700000100.1234567890:64769:4711:755:0:0:root:root:/etc/a", "Changed")]
    [InlineData("l:5:1700000000.5000000000:1700000100.1234567890:64769:4711:777:0:0:root:root:/etc/a", "Changed")]
    public void IsDecidedBySizeTimesInodeAndDevice(string found, string expected)
    {
        Assert.Equal(expected, Decide(found, SameFile.BelievedUpTo(Listed, Listed.AddDays(1))));
    }

    [Theory]
    [InlineData(104, 200, "Same")]
    [InlineData(103, 200, "Unsure")]
    [InlineData(100, 200, "Unsure")]
    [InlineData(-5000, 200, "Unsure")]
    [InlineData(200, 199, "Unsure")]
    public void IsAskedWhereTheClockProvesNothing(int listed, int now, string expected)
    {
        DateTimeOffset begin = DateTimeOffset.FromUnixTimeSeconds(1700000000);

        Assert.Equal(expected, Decide(Found, SameFile.BelievedUpTo(begin.AddSeconds(listed), begin.AddSeconds(now))));
    }

    [Fact]
    public void IsAskedWhereNobodyKnowsWhenItWasListed()
    {
        Assert.Equal("Unsure", Decide(Found, SameFile.BelievedUpTo(null, Listed)));
        Assert.Equal("Unsure", Decide(Found, SameFile.BelievedUpTo(Listed, null)));
    }

    /// <summary>A folder or a link costs as much to read as to ask.</summary>
    [Fact]
    public void IsReadWhereItHasNoContentAndOtherTimes()
    {
        const string Folder = "d:4096:1700000000.5000000000:1700000100.1234567890:64769:4711:755:0:0:root:root:/etc/a";
        long believed = SameFile.BelievedUpTo(Listed, Listed);

        Assert.Equal("Same", Decide(Folder, believed, Folder));
        Assert.Equal("Changed", Decide(Folder.Replace(":4711:", ":4712:"), believed, Folder));
    }

    [Fact]
    public void TellsWhatFindPrinted()
    {
        FoundEntry entry = FoundEntry.Parse("f:5:-1.5000000000:1700000100.1234567890:64769:4711:4755:33:0:www-data:0:/a:b\n/c"u8);

        Assert.Equal((SnapshotEntryKind.File, 5L, -15_000_000L), (entry.Kind, entry.Size, entry.ModifiedTicks));
        Assert.Equal("a:b\n/c", Encoding.UTF8.GetString(entry.Name));
        SnapshotEntry listed = entry.Renew(new SnapshotEntry { Path = "files/x", Kind = SnapshotEntryKind.File, Sha256 = "00" });
        Assert.Equal(("files/x", "00", "4755", 33L, "www-data", 0L, null), (listed.Path, listed.Sha256, listed.Mode, listed.UserId, listed.Owner, listed.GroupId, listed.Group));
        Assert.Equal(("1700000100.1234567890:64769:4711", DateTimeOffset.UnixEpoch.AddSeconds(-1.5)), (listed.Stamp, listed.ModifiedAt));
    }

    [Theory]
    [InlineData("")]
    [InlineData("find: '/etc/a': No such file or directory")]
    [InlineData("f:5:1700000000.5:1700000100.1:64769:4711:644:0:0:root:root:etc/a")]
    [InlineData("f:x:1700000000.5:1700000100.1:64769:4711:644:0:0:root:root:/etc/a")]
    [InlineData("f:5:now:1700000100.1:64769:4711:644:0:0:root:root:/etc/a")]
    [InlineData("f:5:17000000000000000000:1700000100.1:64769:4711:644:0:0:root:root:/etc/a")]
    public void RefusesWhatFindDoesNotPrint(string text)
    {
        Assert.Throws<InvalidDataException>(() => FoundEntry.Parse(Encoding.UTF8.GetBytes(text)).Size);
    }

    [Fact]
    public void ReadsEscapedHashLines()
    {
        List<(string Name, string Hash)> told = [];
        string hash = new('a', 64);
        foreach (string line in new[] { $"{hash} */etc/plain", $"\\{hash} */etc/new\\nline\\\\", "xargs: sha256sum: not found", $"{hash} " })
        {
            ContainerHashes.Tell(Encoding.UTF8.GetBytes(line), (name, sha256) => told.Add((Encoding.UTF8.GetString(name), Encoding.UTF8.GetString(sha256))));
        }

        Assert.Equal([("/etc/plain", hash), ("/etc/new\nline\\", hash)], told);
    }

    private static string Decide(string found, long believedUpTo, string listed = Found)
    {
        SnapshotEntry entry = FoundEntry.Parse(Encoding.UTF8.GetBytes(listed)).Renew(new SnapshotEntry
        {
            Path = "files/etc/a", Kind = listed[0] == 'd' ? SnapshotEntryKind.Directory : SnapshotEntryKind.File, Size = listed[0] == 'd' ? 0 : 5, Source = "/etc/a",
        });
        ListedLine line = new();
        Assert.True(line.TryRead(FileListing.ToLine(entry)));
        return SameFile.Decide(FoundEntry.Parse(Encoding.UTF8.GetBytes(found)), line, believedUpTo).ToString();
    }
}
