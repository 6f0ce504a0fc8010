using System.Net;
using System.Net.Sockets;

namespace Asterisell.Engine.Docker.Transport;

/// <summary>Connects to an engine over TCP, with TLS where certificates are given.</summary>
internal sealed class TcpDialer : IEngineDialer
{
    private readonly AsterisellHost _host;
    private readonly TimeSpan _within;
    private readonly DnsEndPoint _address;
    private readonly TlsClient? _tls;

    internal TcpDialer(AsterisellHost host, TimeSpan within)
    {
        const int PlainPort = 2375;
        const int TlsPort = 2376;
        string name = host.Endpoint.DnsSafeHost;
        if (name.Length == 0 || host.Endpoint.UserInfo.Length > 0 || host.Endpoint.AbsolutePath.Trim('/').Length > 0)
        {
            throw DockerErrors.InvalidEndpoint(host, "it has more or less than a host and a port");
        }

        _host = host;
        _within = within;
        _tls = host.TlsFolder is { } folder ? new TlsClient(host, folder, name) : null;
        int port = host.Endpoint.Port > 0 ? host.Endpoint.Port : _tls is null ? PlainPort : TlsPort;
        _address = new DnsEndPoint(name, port);
    }

    /// <inheritdoc/>
    public int PooledConnections => 64;

    /// <inheritdoc/>
    public async Task<DuplexStream> DialAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_within);
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // A host that vanishes without a word is seen after some 20 seconds of silence.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 10);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 3);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
            await socket.ConnectAsync(_address, limit.Token).ConfigureAwait(false);
            return _tls is null ? new SocketConnection(socket) : await _tls.SecureAsync(socket, limit.Token).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            socket.Dispose();
            throw error switch
            {
                SocketException => DockerErrors.NoEngine(_host, $"{_address.Host}:{_address.Port}", EngineText.Reason(error), error),
                OperationCanceledException when !cancellation.IsCancellationRequested =>
                    DockerErrors.EngineTimeout(_host, "connecting", _within),
                _ => error,
            };
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _tls?.Dispose();
        return ValueTask.CompletedTask;
    }
}
