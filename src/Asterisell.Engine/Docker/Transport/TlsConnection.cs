using System.Net.Security;

namespace Asterisell.Engine.Docker.Transport;

/// <summary>A TLS connection. Its sending side is ended by TLS's own message, which Go's TLS takes as the end of input and goes on.</summary>
internal sealed class TlsConnection(AsterisellHost host, SslStream stream) : DuplexStream
{
    private bool _answered;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            int read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            _answered |= read > 0;
            return read;
        }
        catch (IOException error) when (!_answered && error.InnerException is not System.Net.Sockets.SocketException)
        {
            // In TLS 1.3 a refusal of our certificate comes after the handshake, where the first answer should.
            AsterisellException refused = DockerErrors.TlsRefused(host, error);
            throw new IOException(refused.Message, refused);
        }
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        stream.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask CompleteWritingAsync(CancellationToken cancellation)
    {
        try
        {
            await stream.ShutdownAsync().WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The other side is gone already; reading will tell how.
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
