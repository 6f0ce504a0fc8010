using System.IO.Pipes;
using System.Runtime.Versioning;

namespace Asterisell.Engine.Docker.Transport;

/// <summary>Connects to an engine's named pipe on this Windows machine.</summary>
[SupportedOSPlatform("windows")]
internal sealed class PipeDialer(AsterisellHost host, string name, TimeSpan within) : IEngineDialer
{
    /// <inheritdoc/>
    public int PooledConnections => 16;

    /// <summary>The pipe of <c>npipe:////./pipe/name</c>; pipes of other machines are not for us.</summary>
    internal static PipeDialer Create(AsterisellHost host, TimeSpan within)
    {
        const string Prefix = "npipe:////./pipe/";
        string text = host.Endpoint.OriginalString.Replace('\\', '/');
        string name = text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? text[Prefix.Length..] : "";
        return name.Length > 0 && !name.Contains('/')
            ? new PipeDialer(host, name, within)
            : throw DockerErrors.InvalidEndpoint(host, "a named pipe is written npipe:////./pipe/name");
    }

    /// <inheritdoc/>
    public async Task<DuplexStream> DialAsync(CancellationToken cancellation)
    {
        NamedPipeClientStream pipe = new(".", name, PipeDirection.InOut, PipeOptions.Asynchronous);
        try
        {
            await pipe.ConnectAsync((int)within.TotalMilliseconds, cancellation).ConfigureAwait(false);
            return new PipeConnection(pipe);
        }
        catch (Exception error)
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
            throw error switch
            {
                TimeoutException or IOException => DockerErrors.NoEngine(host, $@"\\.\pipe\{name}", EngineText.Reason(error), error),
                UnauthorizedAccessException => DockerErrors.SocketPermissionDenied(host, $@"\\.\pipe\{name}", error),
                _ => error,
            };
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
