using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>Where an operator's browser finds the admin application of an instance.</summary>
public static class AdminAddress
{
    private const int HttpsPort = 443;
    private const int HttpPort = 80;

    /// <summary>The address, from the ports that the container really publishes; null when it publishes no web port.</summary>
    public static Uri? Of(AsterisellInstance instance, ContainerDetail container)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(container);
        bool withTls = instance.Settings.Web.Certificate is not null;
        ContainerPort? port = Published(container, withTls ? HttpsPort : HttpPort) ?? Published(container, withTls ? HttpPort : HttpsPort);
        return port is null
            ? null
            : new UriBuilder(port.PrivatePort == HttpsPort ? "https" : "http", MachineOf(instance, port), port.HostPort, "/admin/").Uri;
    }

    private static ContainerPort? Published(ContainerDetail container, int privatePort) =>
        container.Ports.FirstOrDefault(port => port.PrivatePort == privatePort && port.HostPort > 0);

    /// <summary>The domain of the inventory; else the address that was bound; else the machine of the engine.</summary>
    private static string MachineOf(AsterisellInstance instance, ContainerPort port)
    {
        if (instance.Settings.Web.Domain is { Length: > 0 } domain && domain != "127.0.0.1")
        {
            return domain;
        }

        bool everyInterface = port.HostAddress is "" or "0.0.0.0" or "::";
        return everyInterface && instance.Host.Endpoint.Host is { Length: > 0 } machine ? machine : everyInterface ? "127.0.0.1" : port.HostAddress;
    }
}
