using System.Collections.Concurrent;
using Asterisell.Engine.Docker.Transport;

namespace Asterisell.Engine.Docker;

/// <summary>Connects to engines by their endpoints and keeps one pool of connections for each host.</summary>
public sealed class DockerConnector : IDockerConnector
{
    private readonly ConcurrentDictionary<(string Name, string Endpoint, string? Ssh, string? Tls), Lazy<Connected>> _engines = new();
    private readonly DockerLimits _limits;
    private int _disposed;

    /// <summary>A connector without any connection yet.</summary>
    public DockerConnector()
        : this(DockerLimits.Default)
    {
    }

    internal DockerConnector(DockerLimits limits) => _limits = limits;

    /// <inheritdoc/>
    public async Task<IDockerEngine> ConnectAsync(AsterisellHost host, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        Connected connected = _engines.GetOrAdd(
            (host.Name, host.Endpoint.OriginalString, host.SshConfigFile, host.TlsFolder),
            _ => new Lazy<Connected>(() => Open(host))).Value;
        await connected.Http.GetVersionAsync(cancellation).ConfigureAwait(false);
        return connected.Engine;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        foreach (Lazy<Connected> engine in _engines.Values)
        {
            if (engine.IsValueCreated)
            {
                await engine.Value.Engine.DisposeAsync().ConfigureAwait(false);
            }
        }

        _engines.Clear();
    }

    private Connected Open(AsterisellHost host)
    {
        EngineHttp http = new(host, EngineDialers.Create(host, _limits), _limits);
        return new Connected(http, new DockerEngine(http));
    }

    private sealed record Connected(EngineHttp Http, DockerEngine Engine);
}
