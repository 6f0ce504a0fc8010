namespace Asterisell.Engine.Docker.Transport;

/// <summary>The road to one engine: opens connections over it.</summary>
internal interface IEngineDialer : IAsyncDisposable
{
    /// <summary>Opens a connection. Failures are <see cref="AsterisellException"/>; the dialer limits the time itself.</summary>
    Task<DuplexStream> DialAsync(CancellationToken cancellation);

    /// <summary>Most connections for short requests that are worth their price on this road.</summary>
    int PooledConnections { get; }
}
