namespace Asterisell.Engine.Docker.Transport;

/// <summary>Chooses the road to an engine by its endpoint.</summary>
internal static class EngineDialers
{
    internal static IEngineDialer Create(AsterisellHost host, DockerLimits limits) => host.Endpoint.Scheme switch
    {
        "unix" => new UnixDialer(host, UnixPath(host), limits.Connect),
        "ssh" => new SshDialer(host),
        "tcp" => new TcpDialer(host, limits.Connect),
        "npipe" when OperatingSystem.IsWindows() => PipeDialer.Create(host, limits.Connect),
        "npipe" => throw DockerErrors.InvalidEndpoint(host, "named pipes are there on Windows only"),
        string scheme => throw DockerErrors.InvalidEndpoint(host, $"'{scheme}' is no known kind of endpoint"),
    };

    private static string UnixPath(AsterisellHost host)
    {
        string path = Uri.UnescapeDataString(host.Endpoint.AbsolutePath);
        return host.Endpoint.Host.Length == 0 && path.Length > 1
            ? path
            : throw DockerErrors.InvalidEndpoint(host, "a unix socket's path begins with a slash: unix:///var/run/docker.sock");
    }
}
