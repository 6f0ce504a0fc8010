using System.Text;
using Asterisell.Engine.Backup.Restore.Files;
using Asterisell.Engine.Backup.Tree;

namespace Asterisell.Tests.Unit.Backup.Restore;

/// <summary>What is written as a tar is read again as it was.</summary>
public class TarEntriesTests
{
    public static TheoryData<byte[], byte[], long, int, long> Entries => new()
    {
        { "etc/hosts"u8.ToArray(), [], 5, 0x1A4, 0 },
        { Encoding.UTF8.GetBytes("var/" + new string('ä', 300)), [], 512, 0x1FF, 1_700_000_000 },
        { [(byte)'a', 0xFF, 0xFE], [], 0, 0, -1 },
        { "link"u8.ToArray(), Encoding.UTF8.GetBytes(new string('t', 400)), 0, 0x1FF, 5_000_000_000 },
    };

    [Theory]
    [MemberData(nameof(Entries))]
    public async Task RoundTrips(byte[] name, byte[] link, long size, int mode, long seconds)
    {
        NewTarEntry entry = new()
        {
            Name = name, LinkName = link, Type = link.Length > 0 ? (byte)'2' : (byte)'0', Size = size, Mode = mode,
            UserId = 3_000_000, GroupId = 48, Owner = "apache", Group = "apache", ModifiedAt = DateTimeOffset.FromUnixTimeSeconds(seconds),
        };
        byte[] content = [.. Enumerable.Range(0, (int)size).Select(i => (byte)i)];
        using MemoryStream tar = new([.. TarEntries.Head(entry), .. content, .. new byte[TarEntries.Padding(size)], .. TarEntries.End]);
        TarReader reader = new(tar);

        TarEntry? read = await reader.NextAsync(default);
        byte[] buffer = new byte[size + 1];
        int got = 0;
        while (await reader.ReadAsync(buffer.AsMemory(got), default) is > 0 and int more)
        {
            got += more;
        }

        Assert.NotNull(read);
        Assert.Equal(name, read.Name);
        Assert.Equal(link, read.LinkName);
        Assert.Equal(content, buffer[..got]);
        Assert.Equal((mode, 3_000_000L, 48L, "apache", "apache"), (read.Mode, read.UserId, read.GroupId, read.Owner, read.Group));
        Assert.Equal(entry.ModifiedAt, read.ModifiedAt);
        Assert.Null(await reader.NextAsync(default));
    }
}
