using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>Opens handles over the connections of one connector.</summary>
/// <param name="connector">Gives the engine of a host; it stays the caller's.</param>
/// <param name="clock">Our own clock.</param>
public sealed class InstanceOpener(IDockerConnector connector, TimeProvider? clock = null) : IInstanceOpener
{
    /// <inheritdoc/>
    public async Task<IInstance> OpenAsync(AsterisellInstance instance, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        IDockerEngine docker = await connector.ConnectAsync(instance.Host, cancellation).ConfigureAwait(false);
        return new InstanceHandle(instance, docker, clock ?? TimeProvider.System);
    }
}
