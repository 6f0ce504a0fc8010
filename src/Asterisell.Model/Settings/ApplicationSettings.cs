namespace Asterisell;

/// <summary>What the instance is for.</summary>
public sealed record ApplicationSettings
{
    /// <summary>Folder of the management checkout that the application is taken from; it holds <c>asterisell.php</c>.</summary>
    /// <remarks>The old tool was run inside of it.</remarks>
    [Setting(SettingEffect.Update, Format = SettingFormat.LocalPath, DefaultText = "the inventory's own folder")]
    public string? Source { get; init; }

    /// <summary>True to sell calls, false to report calls only (income, earnings and vendors are then not shown).</summary>
    [Setting(SettingEffect.Update, Legacy = "is_billing")]
    public bool Billing { get; init; } = true;

    /// <summary>True for a status server that collects the calls of others.</summary>
    [Setting(SettingEffect.Update, Legacy = "is_aggregate")]
    public bool StatusServer { get; init; }

    /// <summary>VoIP domain of the instance; null for none.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_instance_voip_domain")]
    public string? VoipDomain { get; init; }

    /// <summary>PHP class with the operator's own treatment of calls.</summary>
    [Setting(SettingEffect.Update, Legacy = "custom_cdr_services", Format = SettingFormat.PhpClass)]
    public string CustomCdrServices { get; init; } = "CustomCDRServices";

    /// <summary>True to deploy and compile the tools that merge call flows.</summary>
    [Setting(SettingEffect.Update, Legacy = "there_is_call_flow_merge")]
    public bool CallFlowMerge { get; init; }
}
