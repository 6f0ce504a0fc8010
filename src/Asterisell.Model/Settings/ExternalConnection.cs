namespace Asterisell;

/// <summary>A database or server that jobs fetch calls from.</summary>
public sealed record ExternalConnection
{
    /// <summary>Name that jobs ask for.</summary>
    [Setting(SettingEffect.Update, Legacy = "connection_name", Required = true)]
    public string Name { get; init; } = string.Empty;

    /// <summary>User.</summary>
    [Setting(SettingEffect.Update, Legacy = "user", Required = true)]
    public string User { get; init; } = string.Empty;

    /// <summary>Password.</summary>
    [Setting(SettingEffect.Update, Legacy = "password")]
    public SecretReference? Password { get; init; }

    /// <summary>Host name or address.</summary>
    [Setting(SettingEffect.Update, Legacy = "host", Format = SettingFormat.HostName, Required = true)]
    public string Host { get; init; } = string.Empty;

    /// <summary>Port; null for the protocol's own.</summary>
    [Setting(SettingEffect.Update, Legacy = "port", Minimum = 1, Maximum = 65535, DefaultText = "the protocol's own")]
    public int? Port { get; init; }
}
