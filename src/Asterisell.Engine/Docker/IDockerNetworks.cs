namespace Asterisell.Engine.Docker;

/// <summary>The networks of an engine.</summary>
public interface IDockerNetworks
{
    /// <summary>All networks, by name.</summary>
    Task<IReadOnlyList<NetworkDetail>> ListAsync(CancellationToken cancellation);

    /// <summary>Creates a bridge network; its id is returned. A name that exists already is refused.</summary>
    Task<string> CreateAsync(string network, IReadOnlyDictionary<string, string> labels, CancellationToken cancellation);

    /// <summary>Removes a network; one that is in use is refused.</summary>
    Task RemoveAsync(string network, CancellationToken cancellation);

    /// <summary>Joins a container to a network.</summary>
    Task ConnectAsync(string network, string container, CancellationToken cancellation);

    /// <summary>Takes a container out of a network.</summary>
    Task DisconnectAsync(string network, string container, CancellationToken cancellation);
}

/// <summary>A network.</summary>
/// <param name="Id">Full id.</param>
/// <param name="Name">Name.</param>
/// <param name="Driver"><c>bridge</c>, <c>host</c>, <c>null</c>, …</param>
/// <param name="Subnets">Subnets in CIDR notation.</param>
/// <param name="Labels">Labels.</param>
public sealed record NetworkDetail(
    string Id, string Name, string Driver, IReadOnlyList<string> Subnets, IReadOnlyDictionary<string, string> Labels);
