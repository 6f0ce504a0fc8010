namespace Asterisell.Engine.Docker;

/// <summary>The containers of an engine, for what goes beyond running one that is there (see <see cref="IDockerEngine"/>).</summary>
public interface IDockerContainers
{
    /// <summary>Containers, newest first.</summary>
    Task<IReadOnlyList<ContainerSummary>> ListAsync(ContainerFilter filter, CancellationToken cancellation);

    /// <summary>Creates a container without starting it; its id is returned. The image must be there: nothing is pulled.</summary>
    Task<string> CreateAsync(ContainerDefinition definition, CancellationToken cancellation);

    /// <summary>Sends a signal (<c>SIGTERM</c>) to the container's program.</summary>
    Task KillAsync(string container, string signal, CancellationToken cancellation);

    /// <summary>Waits until the container is not running; its exit code is returned.</summary>
    Task<int> WaitAsync(string container, CancellationToken cancellation);

    /// <summary>Gives the container another name.</summary>
    Task RenameAsync(string container, string name, CancellationToken cancellation);

    /// <summary>Changes limits and restart policy, also while it runs.</summary>
    Task UpdateAsync(string container, ContainerLimits limits, CancellationToken cancellation);

    /// <summary>Removes a container, killing it when <paramref name="force"/>; named volumes stay in any case.</summary>
    /// <param name="container">Name or id.</param>
    /// <param name="force">Kill it when it runs.</param>
    /// <param name="withAnonymousVolumes">Also remove its volumes that have no name.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task RemoveAsync(string container, bool force, bool withAnonymousVolumes, CancellationToken cancellation);

    /// <summary>What the container uses now; one measurement, at once.</summary>
    Task<ContainerUsage> MeasureAsync(string container, CancellationToken cancellation);

    /// <summary>Its processes.</summary>
    /// <param name="container">Name or id.</param>
    /// <param name="psArguments">Arguments for the host's <c>ps</c>; null for <c>-ef</c>.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task<ProcessTable> TopAsync(string container, string? psArguments, CancellationToken cancellation);

    /// <summary>What lies at a path in the container; null when there is nothing.</summary>
    Task<ContainerPath?> FindPathAsync(string container, string path, CancellationToken cancellation);
}

/// <summary>What lies at a path in a container.</summary>
/// <param name="Name">Last part of the path.</param>
/// <param name="SizeBytes">Size in bytes.</param>
/// <param name="IsDirectory">True for a directory.</param>
/// <param name="Permissions">Permission bits: 420 is rw-r--r--.</param>
/// <param name="ModifiedAt">UTC.</param>
/// <param name="LinkTarget">Where a symbolic link leads; null for what is none.</param>
public sealed record ContainerPath(
    string Name, long SizeBytes, bool IsDirectory, int Permissions, DateTimeOffset ModifiedAt, string? LinkTarget);
