namespace Asterisell;

/// <summary>Data sources outside of the instance.</summary>
public sealed record ExternalSettings
{
    /// <summary>True when jobs may contact other machines.</summary>
    [Setting(SettingEffect.Update, Legacy = "contact_external_hosts")]
    public bool ContactHosts { get; init; }

    /// <summary>True to import extensions and organizations from the telephone system's database.</summary>
    [Setting(SettingEffect.Update, Legacy = "import_extensions_from_ipbx_database")]
    public bool ImportExtensionsFromPbx { get; init; }

    /// <summary>Sources that special jobs import extensions from.</summary>
    [Setting(SettingEffect.Update, Legacy = "import_extensions_from")]
    public IReadOnlyList<string> ImportExtensionsFrom { get; init; } = [];

    /// <summary>Databases and servers that jobs fetch calls from.</summary>
    /// <remarks>They stand with their passwords in clear in <c>app.yml</c> of both applications inside the instance, readable by the web server.</remarks>
    [Setting(SettingEffect.Update, Legacy = "conf_connection_params()")]
    public IReadOnlyList<ExternalConnection> Connections { get; init; } = [];
}
