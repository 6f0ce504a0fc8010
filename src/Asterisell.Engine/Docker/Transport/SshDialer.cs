using System.Net.Sockets;
using Asterisell.Engine.Ssh;

namespace Asterisell.Engine.Docker.Transport;

/// <summary>Connects to an engine on another machine through one shared OpenSSH connection.</summary>
internal sealed class SshDialer : IEngineDialer
{
    private const int Attempts = 3;
    private static readonly string[] DialStdio = ["docker", "system", "dial-stdio"];
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(5);
    private readonly AsterisellHost _host;
    private readonly SshAddress _address;
    private readonly SshHost _ssh;
    private readonly SharedAttempt<Road> _road;

    internal SshDialer(AsterisellHost host)
    {
        _host = host;
        _address = SshAddress.Parse(host);
        _ssh = new SshHost(host, _address);
        SshRoute route = new(_ssh);
        _road = new SharedAttempt<Road>(async () => new Road(await route.FindSocketAsync().ConfigureAwait(false), DateTime.UtcNow));
    }

    /// <summary>Few: where nothing is forwarded each is three processes.</summary>
    public int PooledConnections => 8;

    /// <inheritdoc/>
    public async Task<DuplexStream> DialAsync(CancellationToken cancellation)
    {
        Road road = await _road.GetAsync(cancellation).ConfigureAwait(false);
        if (road.Socket is not null)
        {
            for (int attempt = 1; attempt <= Attempts; attempt++)
            {
                SshMaster master = await _ssh.ShareAsync(cancellation).ConfigureAwait(false);
                if (await ForwardAsync(master, road.Socket, cancellation).ConfigureAwait(false) is { } forwarded)
                {
                    return forwarded;
                }

                _ssh.Drop(master);
            }

            throw SshErrors.SshConnectionLost(_host, _address.ToString(), "it ended as soon as it was made");
        }
        else if (DateTime.UtcNow - road.FoundAt > AskAgain)
        {
            // The engine may just have been down when it was tried.
            _road.Forget();
        }

        return new SshConnection(await _ssh.StartAsync(DialStdio, cancellation).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _ssh.DisposeAsync();

    /// <summary>A connection through what stands; null when it stands no longer.</summary>
    private async Task<DuplexStream?> ForwardAsync(SshMaster master, string remoteSocket, CancellationToken cancellation)
    {
        if (await master.ForwardAsync(remoteSocket, cancellation).ConfigureAwait(false) is not { } local)
        {
            return null;
        }

        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(local), cancellation).ConfigureAwait(false);
            return new ForwardedConnection(socket, master, alive => DiagnoseAsync(master, alive));
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Why a forwarded connection ended; null where that was the engine's free will.</summary>
    private async Task<AsterisellException?> DiagnoseAsync(SshMaster master, bool sshIsAlive)
    {
        if (!sshIsAlive)
        {
            _ssh.Drop(master);
            return SshErrors.SshConnectionLost(_host, _address.ToString(), "it ended");
        }

        // Nothing was ever answered: dial-stdio fails in the same way, but says why.
        try
        {
            SshCommand command = await _ssh.StartAsync(DialStdio, CancellationToken.None).ConfigureAwait(false);
            await using (command.ConfigureAwait(false))
            {
                await command.Input.DisposeAsync().ConfigureAwait(false);
                return await command.FindFailureAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (AsterisellException failure)
        {
            return failure;
        }
    }

    /// <summary>How the engine is reached.</summary>
    /// <param name="Socket">Path on the host that is forwarded; null for dial-stdio.</param>
    /// <param name="FoundAt">UTC.</param>
    private sealed record Road(string? Socket, DateTime FoundAt);
}
