using Asterisell.Engine.Docker.Transport;
using Asterisell.Engine.Docker.Wire;

namespace Asterisell.Engine.Docker;

/// <summary>The networks of one engine.</summary>
internal sealed class DockerNetworks(EngineHttp http) : IDockerNetworks
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<NetworkDetail>> ListAsync(CancellationToken cancellation)
    {
        List<NetworkJson> list = await http.SendAsync(
            Request(HttpMethod.Get, "/networks", "listing networks"), DockerJson.Default.ListNetworkJson, cancellation).ConfigureAwait(false);
        return [.. list.Select(Read).OrderBy(network => network.Name, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<string> CreateAsync(string network, IReadOnlyDictionary<string, string> labels, CancellationToken cancellation)
    {
        NetworkCreateJson body = new(Check(network), "bridge", CheckDuplicate: true, labels);
        IdJson created = await http.SendAsync(
            Request(HttpMethod.Post, "/networks/create", "creating a network") with
            {
                Content = EngineQuery.Json(body, DockerJson.Default.NetworkCreateJson),
            },
            DockerJson.Default.IdJson,
            cancellation).ConfigureAwait(false);
        return created.Id ?? throw DockerErrors.NotDocker(http.Host, "a network without id");
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string network, CancellationToken cancellation) =>
        http.CommandAsync(Request(HttpMethod.Delete, $"/networks/{Check(network)}", "removing a network"), cancellation);

    /// <inheritdoc/>
    public Task ConnectAsync(string network, string container, CancellationToken cancellation) =>
        ChangeAsync(network, container, "connect", cancellation);

    /// <inheritdoc/>
    public Task DisconnectAsync(string network, string container, CancellationToken cancellation) =>
        ChangeAsync(network, container, "disconnect", cancellation);

    private static NetworkDetail Read(NetworkJson json) => new(
        json.Id ?? "",
        json.Name ?? "",
        json.Driver ?? "",
        [.. (json.Ipam?.Config ?? []).Select(config => config.Subnet ?? "").Where(subnet => subnet.Length > 0)],
        json.Labels ?? []);

    private Task<int> ChangeAsync(string network, string container, string action, CancellationToken cancellation) => http.CommandAsync(
        Request(HttpMethod.Post, $"/networks/{Check(network)}/{action}", "changing a container's networks") with
        {
            Container = container,
            Content = EngineQuery.Json(
                new NetworkMemberJson(ContainerName.Check(http.Host, container)), DockerJson.Default.NetworkMemberJson),
        },
        cancellation);

    private string Check(string network) => ObjectName.Check(http.Host, "a network", network);

    private EngineRequest Request(HttpMethod method, string path, string doing) =>
        new(method, path) { Doing = doing, Within = http.Limits.QuickAnswer };
}
