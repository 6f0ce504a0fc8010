using System.Collections;
using System.Globalization;
using Asterisell.Engine.Inventory.Settings;

namespace Asterisell.Tests.Unit.Inventory;

/// <summary>Every setting: its default is the old tool's, it can be given, and what is given arrives.</summary>
public sealed class SettingsTests
{
    /// <summary>Effective defaults of the old tool: what an instance made from its template had. Ports are the exception, see docs/inventory.md.</summary>
    private static readonly Dictionary<string, string> LegacyDefaults = new()
    {
        ["active"] = "True", ["start_rating_date"] = "2015-01-01", ["unix_job_user"] = "root", ["container_ram_in_mb"] = "1000",
        ["cpu_cores"] = "2", ["date_timezone"] = "Europe/Rome", ["httpd_domain1"] = "127.0.0.1", ["httpd_domain2"] = "[]",
        ["httpd_ssl_certificate"] = "", ["httpd_ssl_key"] = "", ["httpd_ssl_specific_ip"] = "", ["http_listen_ip_address"] = "",
        ["httpd_web_access_password"] = "[]", ["webdav_users"] = "[]", ["job_frequency_in_minutes"] = "5", ["job_offset_in_minutes"] = "0",
        ["send_emails_to_these_users_instead_of_original_receiver"] = "[]", ["currency"] = "USD", ["culture"] = "en_US", ["is_billing"] = "True",
        ["is_aggregate"] = "False", ["show_cost_saving"] = "False", ["manage_outgoing_calls"] = "True", ["manage_incoming_calls"] = "False",
        ["manage_internal_calls"] = "False", ["show_communication_channel_for_customer"] = "False",
        ["show_communication_channel_for_administrator"] = "True", ["custom_reports"] = "[]", ["import_cdrs_jobs"] = "[]",
        ["custom_initial_always_scheduled_jobs"] = "[]", ["custom_data_file_processors"] = "[]", ["custom_final_always_scheduled_jobs"] = "[]",
        ["custom_export_cdrs_jobs"] = "[]", ["custom_jobs"] = "[]", ["custom_configure_jobs"] = "[InitDefaultReportsForVoIPReseller]",
        ["default_upgrade_jobs"] = "[Upgrade_2017_07_18]", ["custom_upgrade_jobs"] = "[]", ["expand_extensions_job"] = "NullJob",
        ["custom_cdr_services"] = "CustomCDRServices", ["contact_external_hosts"] = "False", ["import_extensions_from_ipbx_database"] = "False",
        ["import_extensions_from"] = "[]", ["web_server_unix_user"] = "apache", ["enable_upload_of_files"] = "True",
        ["conf_connection_params()"] = "[]", ["custom_files"] = "[]", ["there_is_call_flow_merge"] = "False", ["conf_instance_voip_domain"] = "",
        ["conf_smtp_host"] = "", ["conf_smtp_port"] = "25", ["conf_smtp_username"] = "", ["conf_smtp_password"] = "", ["conf_smtp_encryption"] = "Plain",
        ["conf_smtp_command"] = "", ["conf_smtp_reconnect_after_nr_of_messages"] = "100", ["conf_smtp_seconds_of_pause_after_reconnection"] = "5",
        ["conf_smtp_sender_email_address"] = "", ["conf_show_extension_code"] = "False", ["conf_how_many_calls_in_call_report"] = "40",
        ["conf_not_displayed_telephone_prefix"] = "-", ["conf_check_new_external_files_to_import_after_minutes"] = "120",
        ["conf_rate_cdrs_using_chunks_of_consecutive_days"] = "30", ["conf_check_cost_limits_after_minutes"] = "15",
        ["conf_repeat_advise_of_high_cost_limit_after_days"] = "0", ["conf_max_cost_limit_timeframe"] = "30",
        ["conf_check_frauds_max_unprocessed_calls"] = "10", ["conf_check_frauds_compare_xx_last_days_respect_customer_daily_max_cost"] = "5",
        ["conf_check_frauds_compare_x_last_months_respect_current_costs"] = "3", ["conf_safe_limit_for_concurrent_calls"] = "5",
        ["conf_date_format"] = "d.m.y, G:i:s", ["conf_invoice_date_format"] = "d.m.Y", ["conf_long_details_in_invoice"] = "True",
        ["conf_use_inclusive_end_date_in_invoice"] = "True", ["conf_decimal_separator_symbol_in_csv"] = ".", ["conf_numbers_as_strings_in_csv"] = "True",
        ["conf_csv_field_separator"] = ",", ["conf_currency_decimal_places"] = "5", ["conf_currency_decimal_places_in_invoices"] = "2",
        ["conf_mask_for_external_telephone_number"] = "3", ["conf_max_calls_in_pdf_report_section"] = "1000",
        ["database_name"] = "billing", ["database_username"] = "billing", ["database_password"] = "", ["user_database_password"] = "",
        ["http_bridged_port"] = "", ["https_bridged_port"] = "", ["deploy_ssh_port"] = "",
        ["default_reports"] = "[PlaceHolderForInvoiceNumeration: \"Placeholder for Invoice Numeration\", "
            + "GenerateLegalInvoiceUsingTemplate01PDF: \"Invoice using Default PDF Template\", "
            + "GenerateNoLegalInvoiceUsingTemplate01PDF: \"Call Report Notes, using a pseudo invoice PDF Template\"]",
    };

    public static TheoryData<string> Leaves => [.. SettingSection.Instance.Leaves().Select(leaf => leaf.Path)];

    [Fact]
    public void Every_field_of_the_old_tool_with_an_effect_is_there_with_its_default()
    {
        AsterisellInstance instance = Inventories.Instance("active: true");
        Dictionary<string, string> defaults = SettingSection.Instance.Leaves().Where(field => field.Attribute.Legacy is not null)
            .ToDictionary(field => field.Attribute.Legacy!, field => Shown(Value(instance, field)));
        Assert.Equal(LegacyDefaults.OrderBy(pair => pair.Key), defaults.OrderBy(pair => pair.Key));
    }

    [Theory]
    [MemberData(nameof(Leaves))]
    public void Every_key_can_be_given_and_arrives(string path)
    {
        SettingField field = SettingSection.Instance.At(path);
        Assert.Equal(Sample(field).Shown, Shown(Value(Inventories.Sound(Document(path).Sound).Instances[0], field)));
    }

    [Fact]
    public void A_call_reporting_instance_has_other_reports_and_configuration()
    {
        InstanceSettings settings = Inventories.Instance("application: { billing: false }").Settings;
        Assert.Equal(["InitDefaultReportsForCallReporting"], settings.Jobs.Configure);
        Assert.Empty(settings.Reports.Standard);
        settings = Inventories.Instance("application: { billing: false }\njobs: { configure: [A] }\nreports: { standard: ['B: \"b\"'] }").Settings;
        Assert.Equal(["A"], settings.Jobs.Configure);
        Assert.Equal(["B: \"b\""], settings.Reports.Standard);
    }

    [Fact]
    public void A_plus_adds_to_the_built_in_list()
    {
        InstanceSettings settings = Inventories.Instance("jobs: { standardUpgrade+: [Mine] }").Settings;
        Assert.Equal(["Upgrade_2017_07_18", "Mine"], settings.Jobs.StandardUpgrade);
    }

    [Fact]
    public void A_database_has_the_instances_name_in_letters_that_need_no_quotes()
    {
        AsterisellInventory inventory = Inventories.Sound("version: 1\ninstances: { my-billing.eu: {} }");
        Assert.Equal("my_billing_eu", inventory.Instances[0].Settings.Database.Name);
        Assert.Equal("my_billing_eu", inventory.Instances[0].Settings.Database.User);
    }

    /// <summary>An inventory with a sound value of a key, and one with something that is no value of any.</summary>
    internal static (string Sound, string Wrong) Document(string path)
    {
        string yaml = Sample(SettingSection.Instance.At(path)).Yaml;
        return (Document(path, yaml), Document(path, "{ '..': [[]] }"));
    }

    private static string Document(string path, string yaml)
    {
        string[] keys = path.Split('.');
        string body = keys.Length == 1 ? $"{keys[0]}: {yaml}" : $"{keys[0]}: {{ {keys[1]}: {yaml}{Beside(path)} }}";
        return "version: 1\nhosts: { h2: { endpoint: unix:///x } }\ntargets: { t2: { kind: directory, path: /x } }\n"
            + $"templates: {{ x2: {{}} }}\ninstances:\n  billing:\n    {body}\n{BesideSection(path)}";
    }

    private static object? Value(AsterisellInstance instance, SettingField field)
    {
        if (field.Property.DeclaringType == typeof(InstanceDefinition))
        {
            return field.Key switch
            {
                "active" => instance.Active,
                "host" => instance.HostName,
                "targets" => instance.Targets.Select(target => target.Name).ToArray(),
                "tags" => instance.Tags,
                _ => new[] { "x2" },
            };
        }

        object owner = instance.Settings;
        foreach (string key in field.Path.Split('.').SkipLast(1))
        {
            owner = owner.GetType().GetProperties().Single(p => p.Name.Equals(key, StringComparison.OrdinalIgnoreCase)).GetValue(owner)!;
        }

        return field.GetValue(owner);
    }

    private static string Shown(object? value) => value switch
    {
        null => string.Empty,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        string text => text,
        IReadOnlyDictionary<string, string> map => $"[{string.Join(", ", map.Select(pair => $"{pair.Key}={pair.Value}"))}]",
        WebAccount account => $"{account.Name}/{account.Password}",
        ExternalConnection connection => $"{connection.Name}/{connection.User}/{connection.Host}/{connection.Port}",
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Shown))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static (string Yaml, string Shown) Sample(SettingField field) => field.Type switch
    {
        SettingType.Boolean => Shown(Value(Inventories.Instance("tags: []"), field)) == "True" ? ("false", "False") : ("true", "True"),
        SettingType.Integer => ($"{field.Attribute.Maximum}", $"{field.Attribute.Maximum}"),
        SettingType.Date => ("2020-02-29", "2020-02-29"),
        SettingType.Choice => (field.Words[^1], field.Words[^1][..1].ToUpperInvariant() + field.Words[^1][1..]),
        SettingType.Secret => ("{ env: X }", "{ env: X }"),
        SettingType.TextList => Sample(field.Attribute.Format, field.Key) is var text ? ($"['{text}']", $"[{text}]") : default,
        SettingType.TextMap => ("{ a/b.php: c/d }", "[a/b.php=c/d]"),
        SettingType.SectionList when field.Section!.Type == typeof(WebAccount) =>
            ("[{ name: ann, password: { env: X } }]", "[ann/{ env: X }]"),
        SettingType.SectionList => ("[{ name: switch, user: u, host: h.example.com, port: 3306 }]", "[switch/u/h.example.com/3306]"),
        _ => Sample(field.Attribute.Format, field.Key) is var text ? ($"'{text}'", text) : default,
    };

    private static string Sample(SettingFormat format, string key) => format switch
    {
        SettingFormat.Name => key switch { "targets" => "t2", "host" => "h2", _ => "x2" },
        SettingFormat.IpAddress => "192.0.2.7",
        SettingFormat.TimeZone => "America/Argentina/Ushuaia",
        SettingFormat.Culture => "de_CH",
        SettingFormat.Currency => "CHF",
        SettingFormat.Email => "a.b+c@example.com",
        SettingFormat.LocalPath => "/etc/some where",
        SettingFormat.Report => "Klass: \"A title: with colon\"",
        SettingFormat.Character => ";",
        SettingFormat.DaysOrMonth => "month",
        SettingFormat.HostName => "mail.example.com",
        SettingFormat.PhpDateFormat => "Y-m-d H:i",
        SettingFormat.ImageReference => "registry.example.com:5000/a/b_c:1.2@sha256:" + new string('a', 64),
        _ => "word",
    };

    private static string Beside(string path) => path switch
    {
        "web.certificate" => ", certificateKey: /k",
        "web.certificateKey" => ", certificate: /c",
        _ => string.Empty,
    };

    private static string BesideSection(string path) => path == "ports.https" ? "    web: { certificate: /c, certificateKey: /k }\n" : string.Empty;
}
