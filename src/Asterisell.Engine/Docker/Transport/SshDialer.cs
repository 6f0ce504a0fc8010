using Asterisell.Engine.Ssh;

namespace Asterisell.Engine.Docker.Transport;

/// <summary>Connects to an engine on another machine through its OpenSSH.</summary>
internal sealed class SshDialer(AsterisellHost host) : IEngineDialer
{
    private static readonly string[] DialStdio = ["docker", "system", "dial-stdio"];
    private readonly SshHost _host = new(host, SshAddress.Parse(host));

    /// <summary>Each is a process here, in sshd and of docker on the host; short requests share a few.</summary>
    public int PooledConnections => 4;

    /// <inheritdoc/>
    public async Task<DuplexStream> DialAsync(CancellationToken cancellation) =>
        new SshConnection(await _host.StartAsync(DialStdio, cancellation).ConfigureAwait(false));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
