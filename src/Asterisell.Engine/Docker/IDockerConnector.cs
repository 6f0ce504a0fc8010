namespace Asterisell.Engine.Docker;

/// <summary>Gives the engine of a host; one connection pool a host, kept until disposed.</summary>
public interface IDockerConnector : IAsyncDisposable
{
    /// <summary>The engine of <paramref name="host"/>; the same object for the same host.</summary>
    Task<IDockerEngine> ConnectAsync(AsterisellHost host, CancellationToken cancellation);
}
