using System.Text;
using Asterisell.Engine.Backup.Tree;

namespace Asterisell.Tests.Unit.Backup;

public class TarReaderTests
{
    [Theory]
    [InlineData("gnu")]
    [InlineData("posix")]
    [InlineData("ustar")]
    [InlineData("oldgnu")]
    public async Task ReadsWhatTarWrites(string format)
    {
        using TemporaryFolder folder = new();
        string deep = format == "ustar" ? string.Join('/', Enumerable.Repeat("directory", 15)) : string.Join('/', Enumerable.Repeat("directory", 40));
        Directory.CreateDirectory(folder["t/" + deep]);
        File.WriteAllText(folder[$"t/{deep}/deep"], "deep");
        File.WriteAllText(folder["t/città"], new string('x', 100_000));
        File.WriteAllText(folder["t/empty"], string.Empty);
        File.CreateSymbolicLink(folder["t/link"], "/etc/passwd");
        File.SetLastWriteTimeUtc(folder["t/città"], new DateTime(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc));
        byte[] tar = Processes.Run("tar", "-C", folder.Path, "-cf", "-", $"--format={format}", "t");

        List<(TarEntry Entry, string Content)> entries = await ReadAsync(tar);

        Assert.Equal("deep", entries.Single(e => Name(e.Entry) == $"t/{deep}/deep").Content);
        (TarEntry city, string content) = entries.Single(e => Name(e.Entry) == "t/città");
        Assert.Equal(100_000, content.Length);
        Assert.Equal(new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.Zero), city.ModifiedAt);
        TarEntry link = entries.Single(e => Name(e.Entry) == "t/link").Entry;
        Assert.Equal(TarEntryKind.SymbolicLink, link.Kind);
        Assert.Equal("/etc/passwd", Encoding.UTF8.GetString(link.LinkName));
        Assert.Equal(0, entries.Single(e => Name(e.Entry) == "t/empty").Entry.Size);
    }

    [Fact]
    public async Task SeesEveryTruncation()
    {
        byte[] tar = new TarBuilder().Directory("etc/").File("etc/hosts", "127.0.0.1").File("etc/empty", "").Finish();

        for (int length = 0; length < tar.Length; length += 64)
        {
            await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(tar[..length]));
        }

        Assert.Equal(3, (await ReadAsync(tar)).Count);
    }

    [Fact]
    public async Task SeesEveryFlippedBitOfAHeader()
    {
        byte[] tar = new TarBuilder().File("etc/hosts", "127.0.0.1").Finish();
        for (int at = 0; at < 512; at++)
        {
            byte[] broken = [.. tar];
            broken[at] ^= 0x41;
            await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(broken));
        }
    }

    [Theory]
    [InlineData('L', 100_000)]
    [InlineData('x', 100_000)]
    [InlineData('K', 100_000)]
    public async Task BoundsExtendedHeaders(char type, int length)
    {
        byte[] tar = new TarBuilder().Add("././@LongLink"u8.ToArray(), type, new byte[length]).Finish();

        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(tar));
        Assert.Contains("too long", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30 path=etc/hosts\n")]
    [InlineData("x path=etc/hosts\n")]
    [InlineData("-1 path=a\n")]
    [InlineData("13 size=-100\n")]
    [InlineData("11 size=a1\n")]
    [InlineData("13 mtime=nan\n")]
    [InlineData("25 GNU.sparse.size=10000\n")]
    public async Task RefusesMalformedRecords(string record)
    {
        byte[] tar = new TarBuilder().Add("pax"u8.ToArray(), 'x', Encoding.ASCII.GetBytes(record)).File("etc/hosts", "a").Finish();

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(tar));
    }

    [Theory]
    [InlineData("S")]
    [InlineData("M")]
    [InlineData("V")]
    public async Task RefusesEntriesThatItDoesNotKnow(string type)
    {
        byte[] tar = new TarBuilder().Add("etc/hosts"u8.ToArray(), type[0], []).Finish();

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(tar));
    }

    [Fact]
    public async Task BelievesNoSizeThatIsNotThere()
    {
        byte[] huge = [0x80, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];
        byte[] tar = new TarBuilder().Add("etc/hosts"u8.ToArray(), '0', [], size: Encoding.Latin1.GetString(huge)).Finish();

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(tar));
    }

    [Fact]
    public async Task SurvivesNoise()
    {
        Random random = new(20240501);
        byte[] tar = new TarBuilder().Directory("etc/").File("etc/hosts", new string('h', 2000)).Link("etc/l", "hosts").Finish();
        for (int run = 0; run < 2000; run++)
        {
            byte[] broken = [.. tar];
            for (int i = 0; i < 3; i++)
            {
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            }

            try
            {
                await ReadAsync(broken);
            }
            catch (InvalidDataException)
            {
                // Refused: what it must never do is anything else.
            }
        }
    }

    private static string Name(TarEntry entry) => Encoding.UTF8.GetString(entry.Name).TrimEnd('/');

    private static async Task<List<(TarEntry Entry, string Content)>> ReadAsync(byte[] tar)
    {
        TarReader reader = new(new MemoryStream(tar));
        List<(TarEntry, string)> entries = [];
        byte[] buffer = new byte[777];
        while (await reader.NextAsync(default) is { } entry)
        {
            using MemoryStream content = new();
            int read;
            while ((read = await reader.ReadAsync(buffer, default)) > 0)
            {
                content.Write(buffer, 0, read);
            }

            entries.Add((entry, Encoding.UTF8.GetString(content.ToArray())));
        }

        return entries;
    }
}
