using System.Net.Sockets;

namespace Asterisell.Engine.Docker.Transport;

/// <summary>Connects to an engine's unix socket on this machine.</summary>
internal sealed class UnixDialer(AsterisellHost host, string path, TimeSpan within) : IEngineDialer
{
    /// <inheritdoc/>
    public int PooledConnections => 64;

    /// <inheritdoc/>
    public async Task<DuplexStream> DialAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(within);
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), limit.Token).ConfigureAwait(false);
            return new SocketConnection(socket);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw error.SocketErrorCode == SocketError.AccessDenied
                ? DockerErrors.SocketPermissionDenied(host, path, error)
                : DockerErrors.NoEngine(host, path, EngineText.Reason(error), error);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            socket.Dispose();
            throw DockerErrors.EngineTimeout(host, "connecting", within);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
