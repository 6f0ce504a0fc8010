namespace Asterisell;

/// <summary>A Docker host of the inventory.</summary>
public sealed record AsterisellHost
{
    /// <summary>Name in the inventory.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Docker engine: <c>unix:///path</c>, <c>npipe:////./pipe/name</c>, <c>tcp://host:port</c>, <c>ssh://[user@]host[:port]</c>.
    /// </summary>
    public required Uri Endpoint { get; init; }

    /// <summary>OpenSSH client configuration file to use instead of the operator's own; null for the operator's own.</summary>
    public string? SshConfigFile { get; init; }

    /// <summary>Folder with <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c> for <c>tcp://</c> with TLS; null for tcp without TLS.</summary>
    public string? TlsFolder { get; init; }

    /// <summary>Free words to select by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
