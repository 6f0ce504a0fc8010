namespace Asterisell;

/// <summary>Outgoing mail.</summary>
public sealed record SmtpSettings
{
    /// <summary>Mail server; null when the instance sends no mail.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_smtp_host", Format = SettingFormat.HostName)]
    public string? Host { get; init; }

    /// <summary>Port of the mail server.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_smtp_port", Minimum = 1, Maximum = 65535)]
    public int Port { get; init; } = 25;

    /// <summary>User at the mail server; null for none.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_smtp_username")]
    public string? User { get; init; }

    /// <summary>Password at the mail server.</summary>
    /// <remarks>It stands in clear in <c>app.yml</c> of both applications inside the instance, readable by the web server.</remarks>
    [Setting(SettingEffect.Update, Legacy = "conf_smtp_password")]
    public SecretReference? Password { get; init; }

    /// <summary>Encryption of the connection.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_smtp_encryption")]
    public SmtpEncryption Encryption { get; init; } = SmtpEncryption.Plain;

    /// <summary>Command in the container that sends a mail, used in place of the mail server; null for none.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_smtp_command")]
    public string? Command { get; init; }

    /// <summary>Sender of every mail; null for none.</summary>
    /// <remarks>The old template set <c>conf_sender_email_address</c>, a name that nobody read.</remarks>
    [Setting(SettingEffect.Update, Legacy = "conf_smtp_sender_email_address", Format = SettingFormat.Email)]
    public string? Sender { get; init; }

    /// <summary>Messages after which the connection is made anew; 0 for never.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_smtp_reconnect_after_nr_of_messages", Unit = "messages", Minimum = 0, Maximum = 1_000_000)]
    public int ReconnectAfterMessages { get; init; } = 100;

    /// <summary>Pause after the connection was made anew.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_smtp_seconds_of_pause_after_reconnection", Unit = "seconds", Minimum = 0, Maximum = 3600)]
    public int ReconnectPauseSeconds { get; init; } = 5;

    /// <summary>Addresses that get every mail in place of its receiver, for tests; none to send to the receiver.</summary>
    [Setting(SettingEffect.Update, Legacy = "send_emails_to_these_users_instead_of_original_receiver", Format = SettingFormat.Email)]
    public IReadOnlyList<string> RedirectTo { get; init; } = [];
}
