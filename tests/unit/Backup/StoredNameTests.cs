using System.Text;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Tree;

namespace Asterisell.Tests.Unit.Backup;

public class StoredNameTests
{
    [Theory]
    [InlineData("etc/hosts", "files/etc/hosts")]
    [InlineData("etc/ssl/", "files/etc/ssl")]
    [InlineData("etc/città €", "files/etc/città €")]
    [InlineData("etc/a:b", "files/etc/a%3Ab")]
    [InlineData("etc/100%", "files/etc/100%25")]
    [InlineData("etc/a\nb\\c", "files/etc/a%0Ab%5Cc")]
    [InlineData("etc/dots.", "files/etc/dots%2E")]
    [InlineData("etc/.hidden", "files/etc/.hidden")]
    [InlineData("etc/...", "files/etc/..%2E")]
    public void KeepsWhatEverySystemTakes(string name, string stored)
    {
        Assert.Equal(stored, StoredName.For(Encoding.UTF8.GetBytes(name)));
    }

    [Fact]
    public void WritesBytesThatAreNoTextByTheirNumbers()
    {
        byte[] name = [.. "etc/a"u8, 0xFF, 0xC3, (byte)'b'];

        Assert.Equal("files/etc/a%FF%C3b", StoredName.For(name));
        Assert.Equal(Convert.ToBase64String(name), StoredName.ToText(name).Bytes);
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../etc/passwd")]
    [InlineData("etc/../../passwd")]
    [InlineData("etc/./passwd")]
    [InlineData("etc//passwd")]
    [InlineData("..")]
    [InlineData("/")]
    [InlineData("")]
    public void RefusesNamesThatLeadOut(string name)
    {
        Assert.Throws<InvalidDataException>(() => StoredName.For(Encoding.UTF8.GetBytes(name)));
    }

    [Theory]
    [InlineData(201, 1)]
    [InlineData(100, 20)]
    public void StoresLongNamesUnderTheirHash(int length, int depth)
    {
        string name = string.Join('/', Enumerable.Repeat(new string('x', length), depth));

        string stored = StoredName.For(Encoding.UTF8.GetBytes(name));

        Assert.StartsWith("files/%long/", stored, StringComparison.Ordinal);
        Assert.True(SnapshotPath.IsSafe(stored));
    }

    [Fact]
    public void GivesDifferentNamesDifferentPlaces()
    {
        byte[][] names = [[.. "a%FF"u8], [(byte)'a', 0xFF], [.. "a%25FF"u8], [(byte)'a', 0xFE], [.. "a\uFFFD"u8]];

        Assert.Equal(names.Length, names.Select(name => StoredName.For(name)).Distinct().Count());
    }
}
