namespace Asterisell.Engine.Docker;

/// <summary>One Docker engine, whatever the road to it. Connections are reused; all members may be called at the same time.</summary>
/// <remarks>
/// Failures are <see cref="AsterisellException"/>: no engine, permission on the socket, no such container, conflict, not running,
/// gone in mid-stream. Cancellation throws <see cref="OperationCanceledException"/>. A container is given by name or id.
/// </remarks>
public interface IDockerEngine : IAsyncDisposable
{
    /// <summary>Host this engine belongs to.</summary>
    AsterisellHost Host { get; }

    /// <summary>Containers: listing, creating, removing, limits, usage.</summary>
    IDockerContainers Containers { get; }

    /// <summary>Images.</summary>
    IDockerImages Images { get; }

    /// <summary>Volumes.</summary>
    IDockerVolumes Volumes { get; }

    /// <summary>Networks.</summary>
    IDockerNetworks Networks { get; }

    /// <summary>Asks for a sign of life; the time it took is returned.</summary>
    Task<TimeSpan> PingAsync(CancellationToken cancellation);

    /// <summary>What the engine says of itself and its machine.</summary>
    Task<EngineInfo> GetInfoAsync(CancellationToken cancellation);

    /// <summary>What happens on the engine, as it happens; goes on until cancelled when the filter has no end.</summary>
    IAsyncEnumerable<EngineEvent> ReadEventsAsync(EventFilter filter, CancellationToken cancellation);

    /// <summary>Everything known of a container; null when there is none.</summary>
    Task<ContainerDetail?> FindContainerAsync(string container, CancellationToken cancellation);

    /// <summary>Starts a container; false when it ran already.</summary>
    Task<bool> StartContainerAsync(string container, CancellationToken cancellation);

    /// <summary>Stops a container, killing it after <paramref name="grace"/>; false when it was stopped already.</summary>
    Task<bool> StopContainerAsync(string container, TimeSpan grace, CancellationToken cancellation);

    /// <summary>Stops and starts a container.</summary>
    Task RestartContainerAsync(string container, TimeSpan grace, CancellationToken cancellation);

    /// <summary>Starts a program in a running container.</summary>
    Task<IExecProcess> StartExecAsync(string container, ExecRequest request, CancellationToken cancellation);

    /// <summary>A tar of a path in the container, read as it arrives.</summary>
    Task<Stream> GetArchiveAsync(string container, string path, CancellationToken cancellation);

    /// <summary>Unpacks a tar into a directory of the container, sent as it is read.</summary>
    Task PutArchiveAsync(string container, string path, Stream tar, CancellationToken cancellation);

    /// <summary>What the container's own program wrote, oldest first; goes on until cancelled when the request follows.</summary>
    IAsyncEnumerable<OutputChunk> ReadLogsAsync(string container, LogRequest request, CancellationToken cancellation);
}
