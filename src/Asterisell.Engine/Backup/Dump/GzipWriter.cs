using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Compression;

namespace Asterisell.Engine.Backup.Dump;

/// <summary>
/// Compresses and writes on a thread of its own, while the next text is read: three steps of a dump (making it, reading it, compressing it)
/// run side by side. One stream of gzip is faster than mysqldump, so more threads would only take processor time from the database.
/// </summary>
/// <remarks>Memory is a fixed number of blocks, whatever passes. One writer at a time, which waits in place while the blocks are full.</remarks>
internal sealed class GzipWriter : IAsyncDisposable
{
    public const int BlockSize = 256 * 1024;

    private const int BlocksWaiting = 2;

    private readonly Stream _target;
    private readonly BlockingCollection<Block> _filled = new(BlocksWaiting);
    private readonly ConcurrentBag<Block> _free = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _writing;
    private Block _filling = new();

    /// <param name="target">Gets the compressed bytes; stays open.</param>
    public GzipWriter(Stream target)
    {
        _target = target;
        _writing = Task.Factory.StartNew(Compress, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Takes the next piece of text; waits while the blocks are full.</summary>
    public void Write(ReadOnlySpan<byte> text, CancellationToken cancellation)
    {
        while (!text.IsEmpty)
        {
            text = text[_filling.Take(text)..];
            if (_filling.IsFull)
            {
                Send(cancellation);
            }
        }
    }

    /// <summary>Compresses and writes what is left; the target then has everything.</summary>
    public async Task CompleteAsync(CancellationToken cancellation)
    {
        Send(cancellation);
        _filled.CompleteAdding();
        await _writing.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _filled.Dispose();
        _stop.Dispose();
    }

    private void Send(CancellationToken cancellation)
    {
        Block block = _filling;
        _filling = _free.TryTake(out Block? reused) ? reused : new Block();
        try
        {
            _filled.Add(block, cancellation);
        }
        catch (InvalidOperationException) when (_filled.IsAddingCompleted)
        {
            // The writing end gave up: its failure is the one to tell.
            _writing.GetAwaiter().GetResult();
            throw;
        }
    }

    private void Compress()
    {
        try
        {
            Gathered compressed = new();
            using (GZipStream gzip = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
            {
                foreach (Block block in _filled.GetConsumingEnumerable(_stop.Token))
                {
                    gzip.Write(block.Text);
                    block.Clear();
                    _free.Add(block);
                    Write(compressed);
                }
            }

            Write(compressed);
        }
        finally
        {
            _filled.CompleteAdding();
        }
    }

    private void Write(Gathered compressed)
    {
        _target.Write(compressed.Written.Span);
        compressed.Clear();
    }

    private sealed class Block
    {
        private readonly byte[] _text = new byte[BlockSize];
        private int _filled;

        public bool IsFull => _filled == BlockSize;

        public ReadOnlySpan<byte> Text => _text.AsSpan(0, _filled);

        public int Take(ReadOnlySpan<byte> text)
        {
            int taken = Math.Min(text.Length, BlockSize - _filled);
            text[..taken].CopyTo(_text.AsSpan(_filled));
            _filled += taken;
            return taken;
        }

        public void Clear() => _filled = 0;
    }

    /// <summary>Takes what the compressor writes in small pieces, so that the file is written in large ones.</summary>
    private sealed class Gathered : Stream
    {
        private readonly ArrayBufferWriter<byte> _bytes = new(BlockSize + (BlockSize / 4));

        public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _bytes.WrittenCount;

        public override long Position
        {
            get => _bytes.WrittenCount;
            set => throw new NotSupportedException();
        }

        public void Clear() => _bytes.ResetWrittenCount();

        public override void Write(ReadOnlySpan<byte> buffer) => _bytes.Write(buffer);

        public override void Write(byte[] buffer, int offset, int count) => _bytes.Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
