using System.Collections.Concurrent;
using System.IO.Compression;
using System.Threading.Channels;

namespace Asterisell.Engine.Backup.Dump;

/// <summary>
/// Compresses with several cores: the text is cut into blocks, each becomes a gzip member of its own, and members one after the other are
/// a gzip file that <c>gzip -d</c> and every other reader takes.
/// </summary>
/// <remarks>Memory is a fixed number of blocks, whatever passes. One writer at a time.</remarks>
internal sealed class ParallelGzipWriter : IAsyncDisposable
{
    /// <summary>Large enough that cutting costs no compression, small enough to stay in the cache of a core.</summary>
    public const int BlockSize = 512 * 1024;

    private readonly Stream _target;
    private readonly Channel<Task<Block>> _inOrder;
    private readonly ConcurrentBag<Block> _free = [];
    private readonly Task _writing;
    private readonly CancellationTokenSource _stop = new();
    private Block _filling = new();

    /// <param name="target">Gets the compressed bytes; stays open.</param>
    /// <param name="workers">Blocks compressed at the same time.</param>
    public ParallelGzipWriter(Stream target, int workers)
    {
        _target = target;
        _inOrder = Channel.CreateBounded<Task<Block>>(new BoundedChannelOptions(workers) { SingleReader = true, SingleWriter = true });
        _writing = Task.Run(WriteInOrderAsync);
    }

    /// <summary>Takes the next piece of text; waits while all workers are busy.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> text, CancellationToken cancellation)
    {
        while (!text.IsEmpty)
        {
            text = text[_filling.Take(text.Span)..];
            if (_filling.IsFull)
            {
                await SendAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Compresses and writes what is left; the target then has everything.</summary>
    public async Task CompleteAsync(CancellationToken cancellation)
    {
        await SendAsync(cancellation).ConfigureAwait(false);
        _inOrder.Writer.Complete();
        await _writing.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _inOrder.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async ValueTask SendAsync(CancellationToken cancellation)
    {
        Block block = _filling;
        _filling = _free.TryTake(out Block? reused) ? reused : new Block();
        try
        {
            await _inOrder.Writer.WriteAsync(Task.Run(block.Compress, CancellationToken.None), cancellation).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // The writing end gave up: its failure is the one to tell.
            await _writing.ConfigureAwait(false);
            throw;
        }
    }

    private async Task WriteInOrderAsync()
    {
        try
        {
            await foreach (Task<Block> compressing in _inOrder.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                Block block = await compressing.ConfigureAwait(false);
                await _target.WriteAsync(block.Compressed, _stop.Token).ConfigureAwait(false);
                block.Clear();
                _free.Add(block);
            }
        }
        catch (Exception failure)
        {
            _inOrder.Writer.TryComplete(failure);
            throw;
        }
    }

    private sealed class Block
    {
        // The fastest level has codes of nine bits for incompressible bytes: an eighth more, and some headers.
        private readonly byte[] _text = new byte[BlockSize];
        private readonly byte[] _compressed = new byte[BlockSize + (BlockSize / 4)];
        private int _filled;
        private int _size;

        public bool IsFull => _filled == BlockSize;

        public ReadOnlyMemory<byte> Compressed => _compressed.AsMemory(0, _size);

        public int Take(ReadOnlySpan<byte> text)
        {
            int taken = Math.Min(text.Length, BlockSize - _filled);
            text[..taken].CopyTo(_text.AsSpan(_filled));
            _filled += taken;
            return taken;
        }

        public Block Compress()
        {
            using MemoryStream target = new(_compressed);
            using (GZipStream gzip = new(target, CompressionLevel.Fastest, leaveOpen: true))
            {
                gzip.Write(_text, 0, _filled);
            }

            _size = (int)target.Position;
            return this;
        }

        public void Clear() => (_filled, _size) = (0, 0);
    }
}
