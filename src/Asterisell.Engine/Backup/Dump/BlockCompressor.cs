using System.Collections.Concurrent;
using System.IO.Compression;

namespace Asterisell.Engine.Backup.Dump;

/// <summary>
/// Compresses the texts of many files on one thread of its own. Each block is a gzip member by itself, so that a file in which nothing
/// is written for a while holds a block and no compressor: the months of ten years are open at once.
/// </summary>
/// <remarks>Concatenated members are one gzip file to every reader. The same text gives the same bytes, whatever came between.</remarks>
internal sealed class BlockCompressor : IAsyncDisposable
{
    public const int BlockSize = 128 * 1024;

    private const int BlocksWaiting = 4;

    private readonly BlockingCollection<(Stream Target, byte[] Block, int Length)> _filled = new(BlocksWaiting);
    private readonly ConcurrentBag<byte[]> _free = [];
    private readonly CancellationTokenSource _stop;
    private readonly Task _writing;

    public BlockCompressor(CancellationToken cancellation)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _writing = Task.Factory.StartNew(Compress, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>A block to fill.</summary>
    public byte[] Rent() => _free.TryTake(out byte[]? block) ? block : new byte[BlockSize];

    /// <summary>Takes a block back and writes it; waits in place while others wait.</summary>
    public void Send(Stream target, byte[] block, int length)
    {
        try
        {
            _filled.Add((target, block, length), _stop.Token);
        }
        catch (InvalidOperationException) when (_filled.IsAddingCompleted)
        {
            // The writing end gave up: its failure is the one to tell.
            _writing.GetAwaiter().GetResult();
            throw;
        }
    }

    /// <summary>Ends when every block is in its file.</summary>
    public async Task CompleteAsync()
    {
        _filled.CompleteAdding();
        await _writing.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _filled.Dispose();
        _stop.Dispose();
    }

    private void Compress()
    {
        try
        {
            using MemoryStream compressed = new(BlockSize);
            foreach ((Stream target, byte[] block, int length) in _filled.GetConsumingEnumerable(_stop.Token))
            {
                compressed.SetLength(0);
                using (GZipStream gzip = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
                {
                    gzip.Write(block, 0, length);
                }

                target.Write(compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
                _free.Add(block);
            }
        }
        finally
        {
            _filled.CompleteAdding();
        }
    }
}
