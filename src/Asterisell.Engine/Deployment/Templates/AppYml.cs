using System.Globalization;

namespace Asterisell.Engine.Deployment.Templates;

/// <summary>
/// <c>apps/asterisell/config/app.yml</c> of Asterisell 5.8: every key that the old tool's template had, in its order, so that the two can be
/// laid side by side. An activation takes the file over into the customer application, passwords included.
/// </summary>
internal static class AppYml
{
    public static string Render(AsterisellInstance instance, ConfigurationMaterial material)
    {
        InstanceSettings settings = instance.Settings;
        var yaml = new SymfonyYaml();
        yaml.Comment($"Configuration of the instance {instance.Name}, made from its inventory. What is changed here is lost with the next update.");
        using (yaml.Section("all"))
        {
            AddInstance(yaml, instance);
            AddSmtp(yaml, settings.Smtp, material);
            AddAvailable(yaml, settings, material.ReleaseUpgradeJobs);
            AddDisplay(yaml, settings);
            AddRating(yaml, settings);
            AddFormats(yaml, settings);
            AddExternal(yaml, settings, material);
        }

        return yaml.ToString();
    }

    private static void AddInstance(SymfonyYaml yaml, AsterisellInstance instance)
    {
        InstanceSettings settings = instance.Settings;
        yaml.Add("instance_code_name", instance.Name);
        yaml.Add("instance_voip_domain", settings.Application.VoipDomain);
        yaml.Add("is_billing", settings.Application.Billing);
        yaml.Add("is_status_server_instance", settings.Application.StatusServer);
        yaml.Add("web_server_user", settings.Web.UnixUser);
        yaml.Add("start_rating_date", settings.Rating.StartDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        yaml.Add("send_emails_to_these_users_instead_of_original_receiver", settings.Smtp.RedirectTo);
        yaml.Add("cpu_cores", settings.Container.CpuCores);
    }

    private static void AddSmtp(SymfonyYaml yaml, SmtpSettings smtp, ConfigurationMaterial material)
    {
        using (yaml.Section("smtp"))
        {
            yaml.Add("host", smtp.Host);
            yaml.Add("port", smtp.Port);
            yaml.Add("username", smtp.User);
            yaml.AddNamed("password", "smtp.password", material.Reveal(smtp.Password));
            yaml.Add("encryption", smtp.Encryption.ToString().ToLowerInvariant());
            yaml.Add("smtp_command", smtp.Command);
            yaml.Add("reconnect_after_nr_of_messages", smtp.ReconnectAfterMessages);
            yaml.Add("seconds_of_pause_after_reconnection", smtp.ReconnectPauseSeconds);
            yaml.Add("sender_email_address", smtp.Sender);
        }
    }

    private static void AddAvailable(SymfonyYaml yaml, InstanceSettings settings, IReadOnlyList<string> release)
    {
        using (yaml.Section("available"))
        {
            using (yaml.Section("phpReports"))
            {
                foreach ((string type, string title) in ReportList.Of(settings.Reports))
                {
                    yaml.Add(SymfonyYaml.Scalar("reports", type), title);
                }
            }

            yaml.Add("always_scheduled_jobs", JobLists.AlwaysScheduled(settings.Jobs));
            yaml.Add("jobs", JobLists.OnEvent(settings.Jobs));
            yaml.Add("configure_jobs", JobLists.Configure(settings.Jobs));
            yaml.Add("upgrade_jobs", JobLists.Upgrade(settings.Jobs, release));
        }
    }

    private static void AddDisplay(SymfonyYaml yaml, InstanceSettings settings)
    {
        DisplaySettings display = settings.Display;
        bool billing = settings.Application.Billing;
        int directions = (display.OutgoingCalls ? 1 : 0) + (display.IncomingCalls ? 1 : 0) + (display.InternalCalls ? 1 : 0);
        yaml.Add("custom_cdr_services", settings.Application.CustomCdrServices);
        yaml.Add("show_income_and_earn_of_call", billing);
        yaml.Add("show_cost_savings_for_administrator", display.CostSaving);
        yaml.Add("show_cost_savings_for_customer", display.CostSaving && !billing);
        yaml.Add("show_incoming_calls", display.IncomingCalls);
        yaml.Add("show_outgoing_calls", display.OutgoingCalls);
        yaml.Add("show_internal_calls", display.InternalCalls);
        yaml.Add("show_vendor_for_customer", !billing);
        yaml.Add("show_communication_channel_for_customer", display.ChannelForCustomers);
        yaml.Add("show_communication_channel_for_administrator", display.ChannelForAdministrators);
        yaml.Add("show_call_direction", directions > 1);
        yaml.Add("show_extension_code", display.ExtensionCode);
        yaml.Add("how_many_calls_in_call_report", display.CallsPerPage);
        yaml.Add("not_displayed_telephone_prefix", settings.Rating.HiddenTelephonePrefix);
    }

    private static void AddRating(SymfonyYaml yaml, InstanceSettings settings)
    {
        RatingSettings rating = settings.Rating;
        yaml.Add("cdrs_are_associated_always_to_one_call", !settings.Application.StatusServer);
        yaml.Add("check_new_external_files_to_import_after_minutes", rating.ImportCheckMinutes);
        yaml.Add("check_for_spacewalk_updates_after_minutes", 60);
        yaml.Add("rate_cdrs_using_chunks_of_consecutive_days", rating.ChunkDays);
        yaml.Add("check_cost_limits_after_minutes", rating.CostLimitCheckMinutes);
        yaml.Add("repeat_advise_of_high_cost_limit_after_days", rating.CostLimitRepeatDays);
        AddCostLimitPeriod(yaml, rating.CostLimitPeriod);
        using (yaml.Section("check_frauds"))
        {
            yaml.Add("max_unprocessed_calls", rating.FraudUnprocessedCalls);
            yaml.Add("compare_xx_last_days_respect_customer_daily_max_cost", rating.FraudComparedDays);
            yaml.Add("compare_x_last_months_respect_current_costs", rating.FraudComparedMonths);
        }

        yaml.Add("safe_limit_for_concurrent_calls", rating.SafeConcurrentCalls);
    }

    /// <summary>A number of days; the application's word for a calendar month is <c>m</c>.</summary>
    private static void AddCostLimitPeriod(SymfonyYaml yaml, string period)
    {
        const string key = "max_cost_limit_timeframe";
        if (int.TryParse(period, NumberStyles.None, CultureInfo.InvariantCulture, out int days))
        {
            yaml.Add(key, days);
        }
        else
        {
            yaml.Add(key, "m");
        }
    }

    private static void AddFormats(SymfonyYaml yaml, InstanceSettings settings)
    {
        yaml.Add("date_format", settings.Display.DateFormat);
        yaml.Add("invoice_date_format", settings.Invoices.DateFormat);
        yaml.Add("long_details_in_invoice", settings.Invoices.LongDetails);
        yaml.Add("use_inclusive_end_date_in_invoice", settings.Invoices.InclusiveEndDate);
        yaml.Add("currency", settings.Currency.Code);
        yaml.Add("decimal_separator_symbol_in_csv", settings.Csv.DecimalSeparator);
        yaml.Add("numbers_as_strings_in_csv", settings.Csv.NumbersAsText);
        yaml.Add("csv_field_separator", settings.Csv.FieldSeparator);
        yaml.Add("culture", settings.Display.Culture);
        yaml.Add("currency_decimal_places", settings.Currency.DecimalPlaces);
        yaml.Add("currency_decimal_places_in_invoices", settings.Currency.InvoiceDecimalPlaces);
        yaml.Add("mask_for_external_telephone_number", settings.Rating.MaskedDigits);
        yaml.Add("months_after_removing_a_job_log_entry", 4);
        yaml.Add("max_calls_in_pdf_report_section", settings.Invoices.MaximumCallsInPdf);
    }

    private static void AddExternal(SymfonyYaml yaml, InstanceSettings settings, ConfigurationMaterial material)
    {
        ExternalSettings external = settings.External;
        using (yaml.Section("sfMediaLibrary"))
        {
            yaml.Add("upload_dir", "uploads/assets");
        }

        yaml.Add("enable_upload_of_files", settings.Web.AllowUploads);
        yaml.Add("contact_external_hosts", external.ContactHosts);
        yaml.Add("import_extensions_from_ipbx_database", external.ImportExtensionsFromPbx);
        yaml.Add("import_organization_hieararchy_from_ipbx_database", external.ImportExtensionsFromPbx);
        yaml.Add("local_rsync_with_remote_servers", "data_files/rsync_with_remote_servers/");
        yaml.Add("import_extensions_from", external.ImportExtensionsFrom);
        yaml.Add("local_archive_of_remote_servers", "cdrs/from_remote_servers/");
        AddConnections(yaml, external.Connections, material);
    }

    private static void AddConnections(SymfonyYaml yaml, IReadOnlyList<ExternalConnection> connections, ConfigurationMaterial material)
    {
        const string key = "connections";
        if (connections.Count == 0)
        {
            yaml.Add(key, (IReadOnlyCollection<string>)[]);
            return;
        }

        using (yaml.Section(key))
        {
            foreach (ExternalConnection connection in connections)
            {
                string where = $"external.connections '{connection.Name}'";
                using (yaml.Item())
                {
                    yaml.AddNamed("name", where, connection.Name);
                    yaml.AddNamed("user", where, connection.User);
                    yaml.AddNamed("password", where, material.Reveal(connection.Password));
                    yaml.AddNamed("host", where, connection.Host);

                    // The application reads the key without asking whether it is there.
                    yaml.Add("port", connection.Port?.ToString(CultureInfo.InvariantCulture));
                }
            }
        }
    }
}
