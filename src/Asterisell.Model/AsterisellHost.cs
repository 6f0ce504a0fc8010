namespace Asterisell;

/// <summary>A Docker host of the inventory.</summary>
public sealed record AsterisellHost
{
    /// <summary>Name in the inventory.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Docker engine: <c>unix:///path</c>, <c>npipe:////./pipe/name</c>, <c>tcp://host:port</c>, <c>ssh://[user@]host[:port]</c>.
    /// </summary>
    [Setting(Format = SettingFormat.Endpoint, DefaultText = "`unix:///var/run/docker.sock`, on Windows `npipe:////./pipe/docker_engine`")]
    public required Uri Endpoint { get; init; }

    /// <summary>OpenSSH client configuration file to use instead of the operator's own; null for the operator's own.</summary>
    [Setting(Format = SettingFormat.LocalPath, DefaultText = "the operator's own")]
    public string? SshConfigFile { get; init; }

    /// <summary>Folder with <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c> for <c>tcp://</c> with TLS; null for tcp without TLS.</summary>
    [Setting(Format = SettingFormat.LocalPath, DefaultText = "tcp without TLS")]
    public string? TlsFolder { get; init; }

    /// <summary>Free words to select by.</summary>
    [Setting(Format = SettingFormat.Tag)]
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
