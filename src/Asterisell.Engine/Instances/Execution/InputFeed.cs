using System.Buffers;
using System.Runtime.ExceptionServices;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>
/// Copies a stream to a program's standard input, side by side with the reading of its output. A source that cannot be read to its end
/// breaks the whole command and is never shown to the program as an end of input. Disposed after the process: a write that is cancelled
/// would close the connection, and with it the input.
/// </summary>
internal sealed class InputFeed : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _processGone = new();
    private readonly Task _copying;

    private InputFeed(IExecProcess process, Stream? input, CancellationToken cancellation)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _copying = input is null ? Task.CompletedTask : CopyAsync(process, input);
    }

    /// <summary>Cancelled with the command, and when the source fails.</summary>
    public CancellationToken Broken => _stop.Token;

    /// <summary>Why the source could not be read; null while it can.</summary>
    public ExceptionDispatchInfo? Failure { get; private set; }

    public static InputFeed Start(IExecProcess process, Stream? input, CancellationToken cancellation) => new(process, input, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _processGone.CancelAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _copying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _processGone.Dispose();
        _stop.Dispose();
    }

    private async Task CopyAsync(IExecProcess process, Stream input)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            int count;
            while ((count = await ReadAsync(input, buffer).ConfigureAwait(false)) > 0)
            {
                await process.Input.WriteAsync(buffer.AsMemory(0, count), _processGone.Token).ConfigureAwait(false);
            }

            if (count == 0)
            {
                await process.CompleteInputAsync(_processGone.Token).ConfigureAwait(false);
            }
        }
        catch (Exception closed) when (closed is IOException or AsterisellException or ObjectDisposedException or OperationCanceledException)
        {
            // The program reads no more, which is its right; how it ended tells whether that was a failure.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <returns>Bytes read, 0 at the end, -1 when the source failed or the command was cancelled.</returns>
    private async Task<int> ReadAsync(Stream input, byte[] buffer)
    {
        try
        {
            return await input.ReadAsync(buffer, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return -1;
        }
        catch (Exception failure)
        {
            Failure = ExceptionDispatchInfo.Capture(failure);
            await _stop.CancelAsync().ConfigureAwait(false);
            return -1;
        }
    }
}
