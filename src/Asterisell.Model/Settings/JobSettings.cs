namespace Asterisell;

/// <summary>Scheduled and event jobs. Lists hold PHP classes and are run in their order.</summary>
public sealed record JobSettings
{
    /// <summary>Time between two passes of the scheduled jobs.</summary>
    /// <remarks>The old tool looped for ever with 0, and ran once an hour with 60 or more.</remarks>
    [Setting(SettingEffect.Update, Legacy = "job_frequency_in_minutes", Unit = "minutes", Minimum = 1, Maximum = 60)]
    public int FrequencyMinutes { get; init; } = 5;

    /// <summary>Shift of the passes within the hour, so that the instances of a host do not all work at once.</summary>
    /// <remarks>The old tool always ran the first pass of the hour in minute 0, whatever was given here.</remarks>
    [Setting(SettingEffect.Update, Legacy = "job_offset_in_minutes", Unit = "minutes", Minimum = 0, Maximum = 59)]
    public int OffsetMinutes { get; init; }

    /// <summary>Unix user in the container that runs the scheduled jobs.</summary>
    [Setting(SettingEffect.Update, Legacy = "unix_job_user", Format = SettingFormat.UnixUser)]
    public string UnixUser { get; init; } = "root";

    /// <summary>Jobs that fetch calls, before the import of files.</summary>
    [Setting(SettingEffect.Update, Legacy = "import_cdrs_jobs", Format = SettingFormat.PhpClass)]
    public IReadOnlyList<string> Import { get; init; } = [];

    /// <summary>Jobs after the import and before rating.</summary>
    [Setting(SettingEffect.Update, Legacy = "custom_initial_always_scheduled_jobs", Format = SettingFormat.PhpClass)]
    public IReadOnlyList<string> BeforeRating { get; init; } = [];

    /// <summary>Processors of data files: run both in every pass and on events.</summary>
    [Setting(SettingEffect.Update, Legacy = "custom_data_file_processors", Format = SettingFormat.PhpClass)]
    public IReadOnlyList<string> DataFileProcessors { get; init; } = [];

    /// <summary>Jobs after rating.</summary>
    [Setting(SettingEffect.Update, Legacy = "custom_final_always_scheduled_jobs", Format = SettingFormat.PhpClass)]
    public IReadOnlyList<string> AfterRating { get; init; } = [];

    /// <summary>Jobs that export or copy data.</summary>
    /// <remarks>
    /// They stand before the four Backup jobs of a pass: a job here that ships the local backup ships the one of the previous pass.
    /// </remarks>
    [Setting(SettingEffect.Update, Legacy = "custom_export_cdrs_jobs", Format = SettingFormat.PhpClass)]
    public IReadOnlyList<string> Export { get; init; } = [];

    /// <summary>Jobs that run on events.</summary>
    [Setting(SettingEffect.Update, Legacy = "custom_jobs", Format = SettingFormat.PhpClass)]
    public IReadOnlyList<string> OnEvent { get; init; } = [];

    /// <summary>Job that expands extensions, <c>ExpandExtensions</c>, or <c>NullJob</c> for none.</summary>
    [Setting(SettingEffect.Update, Legacy = "expand_extensions_job", Format = SettingFormat.PhpClass)]
    public string ExpandExtensions { get; init; } = "NullJob";

    /// <summary>Jobs that configure a new instance, run once by its installation.</summary>
    [Setting(
        SettingEffect.Install, Legacy = "custom_configure_jobs", Format = SettingFormat.PhpClass,
        DefaultText = "`[InitDefaultReportsForVoIPReseller]`, or `[InitDefaultReportsForCallReporting]` where `application.billing` is false")]
    public IReadOnlyList<string> Configure { get; init; } = ["InitDefaultReportsForVoIPReseller"];

    /// <summary>Upgrade jobs that come with the application's version.</summary>
    [Setting(SettingEffect.Update, Legacy = "default_upgrade_jobs", Format = SettingFormat.PhpClass)]
    public IReadOnlyList<string> StandardUpgrade { get; init; } = ["Upgrade_2017_07_18"];

    /// <summary>Upgrade jobs of the operator, after the standard ones.</summary>
    [Setting(SettingEffect.Update, Legacy = "custom_upgrade_jobs", Format = SettingFormat.PhpClass)]
    public IReadOnlyList<string> Upgrade { get; init; } = [];
}
