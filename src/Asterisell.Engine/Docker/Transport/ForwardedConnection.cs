using System.Net.Sockets;
using Asterisell.Engine.Ssh;

namespace Asterisell.Engine.Docker.Transport;

/// <summary>A connection to an engine's socket on a host, forwarded by the host's shared ssh connection.</summary>
/// <remarks>
/// Such a connection ends in the same way whether the engine ended it or ssh broke off. At its end ssh is therefore asked for a sign of
/// life, since a program's output that was cut would pass for whole otherwise.
/// </remarks>
internal sealed class ForwardedConnection(Socket socket, SshMaster master, Func<bool, Task<AsterisellException?>> diagnose) : DuplexStream
{
    private readonly SocketConnection _connection = new(socket);
    private bool _answered;
    private bool _disposed;

    /// <inheritdoc/>
    public override void WaitInPlace(CancellationToken stop) => _connection.WaitInPlace(stop);

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = 0;
        SocketException? broken = null;
        try
        {
            read = await _connection.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException error)
        {
            broken = error;
        }

        _answered |= read > 0;
        if (read > 0 || buffer.IsEmpty || _disposed)
        {
            return read;
        }

        bool alive = await master.IsAliveAsync().ConfigureAwait(false);
        AsterisellException? failure = alive && _answered ? null : await diagnose(alive).ConfigureAwait(false);
        return failure is not null ? throw new IOException(failure.Message, failure)
            : broken is not null ? throw new IOException(broken.Message, broken)
            : 0;
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _connection.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask CompleteWritingAsync(CancellationToken cancellation) => _connection.CompleteWritingAsync(cancellation);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _disposed = true;
            _connection.Dispose();
        }

        base.Dispose(disposing);
    }
}
