namespace Asterisell;

/// <summary>What the web pages show.</summary>
public sealed record DisplaySettings
{
    /// <summary>Locale of the pages.</summary>
    [Setting(SettingEffect.Update, Legacy = "culture", Format = SettingFormat.Culture)]
    public string Culture { get; init; } = "en_US";

    /// <summary>Date and time on the pages, as PHP's <c>date()</c> writes them.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_date_format", Format = SettingFormat.PhpDateFormat)]
    public string DateFormat { get; init; } = "d.m.y, G:i:s";

    /// <summary>Calls on one page of the call report.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_how_many_calls_in_call_report", Unit = "calls", Minimum = 1, Maximum = 10_000)]
    public int CallsPerPage { get; init; } = 40;

    /// <summary>True to show the cost saving to administrators, and, where <c>application.billing</c> is false, to customers.</summary>
    [Setting(SettingEffect.Update, Legacy = "show_cost_saving")]
    public bool CostSaving { get; init; }

    /// <summary>True when customers see outgoing calls and are invoiced for them.</summary>
    [Setting(SettingEffect.Update, Legacy = "manage_outgoing_calls")]
    public bool OutgoingCalls { get; init; } = true;

    /// <summary>True when customers see incoming calls and are invoiced for them.</summary>
    [Setting(SettingEffect.Update, Legacy = "manage_incoming_calls")]
    public bool IncomingCalls { get; init; }

    /// <summary>True when customers see internal calls and are invoiced for them.</summary>
    [Setting(SettingEffect.Update, Legacy = "manage_internal_calls")]
    public bool InternalCalls { get; init; }

    /// <summary>True to show the communication channel to customers.</summary>
    [Setting(SettingEffect.Update, Legacy = "show_communication_channel_for_customer")]
    public bool ChannelForCustomers { get; init; }

    /// <summary>True to show the communication channel to administrators.</summary>
    [Setting(SettingEffect.Update, Legacy = "show_communication_channel_for_administrator")]
    public bool ChannelForAdministrators { get; init; } = true;

    /// <summary>True to show extension codes.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_show_extension_code")]
    public bool ExtensionCode { get; init; }
}
