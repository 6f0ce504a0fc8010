namespace Asterisell;

/// <summary>Ports published on the host. A port that is not given is not published.</summary>
public sealed record PortSettings
{
    /// <summary>Port on the host that leads to port 80 of the container.</summary>
    [Setting(SettingEffect.NewContainer, Legacy = "http_bridged_port", Minimum = 1, Maximum = 65535)]
    public int? Http { get; init; }

    /// <summary>Port on the host that leads to port 443 of the container; needs <c>web.certificate</c>.</summary>
    /// <remarks>
    /// The old tool sent browsers from http to https without the port, so that any other than 443 led nowhere, and published 443 on a
    /// random port where no certificate was given.
    /// </remarks>
    [Setting(SettingEffect.NewContainer, Legacy = "https_bridged_port", Minimum = 1, Maximum = 65535)]
    public int? Https { get; init; }

    /// <summary>Port on the host that leads to the container's sshd. This module does not need it.</summary>
    [Setting(SettingEffect.NewContainer, Legacy = "deploy_ssh_port", Minimum = 1, Maximum = 65535)]
    public int? Ssh { get; init; }

    /// <summary>Address of the host that <c>http</c> and <c>https</c> are bound to; null for this machine alone, <c>0.0.0.0</c> for every interface.</summary>
    /// <remarks>The old manual says that without it the ports are reached from the host only. In fact Docker then binds every interface.</remarks>
    [Setting(SettingEffect.NewContainer, Legacy = "http_listen_ip_address", Format = SettingFormat.IpAddress, DefaultText = "`127.0.0.1`")]
    public string? BindAddress { get; init; }

    /// <summary>Address of the host that <c>ssh</c> is bound to; null for this machine alone, <c>0.0.0.0</c> for every interface.</summary>
    /// <remarks>The old tool always bound it to every interface.</remarks>
    [Setting(SettingEffect.NewContainer, Format = SettingFormat.IpAddress, DefaultText = "`127.0.0.1`")]
    public string? SshBindAddress { get; init; }
}
