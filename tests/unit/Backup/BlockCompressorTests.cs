using System.IO.Compression;
using Asterisell.Engine.Backup.Dump;

namespace Asterisell.Tests.Unit.Backup;

public class BlockCompressorTests
{
    private const int Block = BlockCompressor.BlockSize;

    [Theory]
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
        await WriteAsync(text, 70_001, target);

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
        byte[] text = [.. Enumerable.Range(0, 3 * Block).Select(i => (byte)(i % 251))];
        await using (FileStream file = File.Create(folder["a.gz"]))
        {
            await WriteAsync(text, 4096, file);
        }

        Processes.Run("gzip", "-d", folder["a.gz"]);
        Assert.Equal(text, await File.ReadAllBytesAsync(folder["a"]));
    }

    [Fact]
    public async Task WritesManyFilesAtOnceEachAsIfAlone()
    {
        byte[][] texts = [.. Enumerable.Range(0, 40).Select(seed => { byte[] text = new byte[3 * Block]; new Random(seed).NextBytes(text); return text; })];
        MemoryStream[] together = [.. texts.Select(_ => new MemoryStream())];
        await using (BlockCompressor compressor = new(default))
        {
            BlockText[] parts = [.. together.Select(file => new BlockText(compressor, file))];
            for (int at = 0; at < 3 * Block; at += 10_000)
            {
                for (int i = 0; i < parts.Length; i++)
                {
                    parts[i].Write(texts[i].AsSpan(at, Math.Min(10_000, (3 * Block) - at)));
                }
            }

            foreach (BlockText part in parts)
            {
                part.Complete();
            }

            await compressor.CompleteAsync();
        }

        for (int i = 0; i < texts.Length; i++)
        {
            using MemoryStream alone = new();
            await WriteAsync(texts[i], Block, alone);
            Assert.Equal(alone.ToArray(), together[i].ToArray());
        }
    }

    [Fact]
    public async Task TellsTheFailureOfItsTarget()
    {
        await using BlockCompressor compressor = new(default);
        BlockText part = new(compressor, new FullStream());
        byte[] text = new byte[Block];

        IOException full = Assert.Throws<IOException>(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                part.Write(text);
            }
        });
        Assert.Equal("full", full.Message);
    }

    [Fact]
    public async Task CanBeGivenUpInTheMiddle()
    {
        using MemoryStream target = new();
        BlockCompressor compressor = new(default);
        new BlockText(compressor, target).Write(new byte[5 * Block]);

        await compressor.DisposeAsync();
    }

    private static async Task WriteAsync(byte[] text, int step, Stream target)
    {
        await using BlockCompressor compressor = new(default);
        BlockText part = new(compressor, target);
        for (int at = 0; at < text.Length; at += step)
        {
            part.Write(text.AsSpan(at, Math.Min(step, text.Length - at)));
        }

        part.Complete();
        Assert.Equal(text.Length, part.TextBytes);
        await compressor.CompleteAsync();
    }

    private sealed class FullStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("full");
    }
}
