namespace Asterisell;

/// <summary>Web server.</summary>
/// <remarks>The old manual asks for a restart after changes here; in fact only an update applies them.</remarks>
public sealed record WebSettings
{
    /// <summary>Name the pages are reached by.</summary>
    [Setting(SettingEffect.Update, Legacy = "httpd_domain1", Format = SettingFormat.HostName)]
    public string Domain { get; init; } = "127.0.0.1";

    /// <summary>Further names.</summary>
    [Setting(SettingEffect.Update, Legacy = "httpd_domain2", Format = SettingFormat.HostName)]
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Certificate (PEM). Its presence switches https on.</summary>
    /// <remarks>The old tool looked for it in <c>fabric_data/ssl_certificates</c>.</remarks>
    [Setting(SettingEffect.Update, Legacy = "httpd_ssl_certificate", Format = SettingFormat.LocalPath)]
    public string? Certificate { get; init; }

    /// <summary>Private key of the certificate (PEM).</summary>
    [Setting(SettingEffect.Update, Legacy = "httpd_ssl_key", Format = SettingFormat.LocalPath)]
    public string? CertificateKey { get; init; }

    /// <summary>Address inside the container that nginx listens on; null for every address.</summary>
    [Setting(SettingEffect.Update, Legacy = "httpd_ssl_specific_ip", Format = SettingFormat.IpAddress, DefaultText = "every address")]
    public string? ListenAddress { get; init; }

    /// <summary>Accounts that the web server asks for before both applications; none for no such question.</summary>
    /// <remarks>In the old tool this was one password that nobody checked: nginx was told of a password file which was never made.</remarks>
    [Setting(SettingEffect.Update, Legacy = "httpd_web_access_password")]
    public IReadOnlyList<WebAccount> Accounts { get; init; } = [];

    /// <summary>Unix user of the web server in the container; its group may read the application.</summary>
    [Setting(SettingEffect.Update, Legacy = "web_server_unix_user", Format = SettingFormat.UnixUser)]
    public string UnixUser { get; init; } = "apache";

    /// <summary>True when users may upload files.</summary>
    [Setting(SettingEffect.Update, Legacy = "enable_upload_of_files")]
    public bool AllowUploads { get; init; } = true;
}
