using System.Net.Sockets;

namespace Asterisell.Engine.Docker.Transport;

/// <summary>A connection over a unix or TCP socket.</summary>
internal sealed class SocketConnection(Socket socket) : DuplexStream
{
    /// <summary>How long a wait in place may go on after it was told to stop.</summary>
    private static readonly TimeSpan LookUp = TimeSpan.FromMilliseconds(100);

    private bool _waitsInPlace;
    private CancellationToken _stop;

    /// <inheritdoc/>
    public override void WaitInPlace(CancellationToken stop) => (_waitsInPlace, _stop) = (true, stop);

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _waitsInPlace && !buffer.IsEmpty
            ? ValueTask.FromResult(ReceiveInPlace(buffer.Span, cancellationToken))
            : socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            int sent = await socket.SendAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false);
            buffer = buffer[sent..];
        }
    }

    /// <inheritdoc/>
    public override ValueTask CompleteWritingAsync(CancellationToken cancellation)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The other side is gone already; reading will tell how.
        }

        return ValueTask.CompletedTask;
    }

    private int ReceiveInPlace(Span<byte> buffer, CancellationToken cancellation)
    {
        do
        {
            _stop.ThrowIfCancellationRequested();
            cancellation.ThrowIfCancellationRequested();
        }
        while (!socket.Poll(LookUp, SelectMode.SelectRead));

        return socket.Receive(buffer, SocketFlags.None);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            socket.Dispose();
        }

        base.Dispose(disposing);
    }
}
