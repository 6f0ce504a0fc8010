using System.IO.Compression;
using Asterisell.Engine.Backup.Dump;

namespace Asterisell.Tests.Unit.Backup;

public class GzipWriterTests
{
    private const int Block = GzipWriter.BlockSize;

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(Block - 1, true)]
    [InlineData(Block, true)]
    [InlineData((7 * Block) + 13, false)]
    [InlineData((7 * Block) + 13, true)]
    public async Task GivesBackWhatWentIn(int length, bool incompressible)
    {
        byte[] text = new byte[length];
        if (incompressible)
        {
            new Random(1).NextBytes(text);
        }

        using MemoryStream target = new();
        await using (GzipWriter gzip = new(target))
        {
            for (int at = 0; at < length; at += 70_001)
            {
                gzip.Write(text.AsSpan(at, Math.Min(70_001, length - at)), default);
            }

            await gzip.CompleteAsync(default);
        }

        target.Position = 0;
        using MemoryStream back = new();
        using GZipStream reader = new(target, CompressionMode.Decompress);
        await reader.CopyToAsync(back);
        Assert.Equal(text, back.ToArray());
    }

    [Fact]
    public async Task IsReadByGzip()
    {
        using TemporaryFolder folder = new();
        byte[] text = Enumerable.Range(0, 3 * Block).Select(i => (byte)(i % 251)).ToArray();
        await using (FileStream file = File.Create(folder["a.gz"]))
        {
            await using GzipWriter gzip = new(file);
            gzip.Write(text, default);
            await gzip.CompleteAsync(default);
        }

        Processes.Run("gzip", "-d", folder["a.gz"]);
        Assert.Equal(text, await File.ReadAllBytesAsync(folder["a"]));
    }

    [Fact]
    public async Task TellsTheFailureOfItsTarget()
    {
        await using GzipWriter gzip = new(new FullStream());
        byte[] text = new byte[Block];

        IOException full = Assert.Throws<IOException>(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                gzip.Write(text, default);
            }
        });
        Assert.Equal("full", full.Message);
    }

    [Fact]
    public async Task CanBeGivenUpInTheMiddle()
    {
        using MemoryStream target = new();
        GzipWriter gzip = new(target);
        gzip.Write(new byte[5 * Block], default);

        await gzip.DisposeAsync();
    }

    private sealed class FullStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) =>
            throw new IOException("full");
    }
}
