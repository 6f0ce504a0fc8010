using System.Buffers;
using System.Runtime.ExceptionServices;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>
/// Copies a stream to a program's standard input, side by side with the reading of its output. A source that cannot be read to its end
/// breaks the whole command and is never shown to the program as an end of input: it could take half a file for the whole.
/// </summary>
internal sealed class InputFeed : IAsyncDisposable
{
    private readonly CancellationTokenSource stop;
    private readonly Task copying;

    private InputFeed(IExecProcess process, Stream? input, CancellationToken cancellation)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        copying = input is null ? Task.CompletedTask : CopyAsync(process, input);
    }

    /// <summary>Cancelled with the command, and when the source fails.</summary>
    public CancellationToken Broken => stop.Token;

    /// <summary>Why the source could not be read; null while it can.</summary>
    public ExceptionDispatchInfo? Failure { get; private set; }

    public static InputFeed Start(IExecProcess process, Stream? input, CancellationToken cancellation) => new(process, input, cancellation);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await copying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task CopyAsync(IExecProcess process, Stream input)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            int count;
            while ((count = await ReadAsync(input, buffer).ConfigureAwait(false)) > 0)
            {
                await process.Input.WriteAsync(buffer.AsMemory(0, count), stop.Token).ConfigureAwait(false);
            }

            if (count == 0)
            {
                await process.CompleteInputAsync(stop.Token).ConfigureAwait(false);
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

    /// <returns>Bytes read, 0 at the end, -1 when the source failed.</returns>
    private async Task<int> ReadAsync(Stream input, byte[] buffer)
    {
        try
        {
            return await input.ReadAsync(buffer, stop.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Failure = ExceptionDispatchInfo.Capture(failure);
            await stop.CancelAsync().ConfigureAwait(false);
            return -1;
        }
    }
}
