namespace Asterisell;

/// <summary>Import and rating of calls.</summary>
public sealed record RatingSettings
{
    /// <summary>First day of rated calls; older calls are ignored. Also the first day of the daily backups.</summary>
    [Setting(SettingEffect.Update, Legacy = "start_rating_date")]
    public DateOnly StartDate { get; init; } = new(2015, 1, 1);

    /// <summary>Consecutive days that are rated at once; fewer need less memory.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_rate_cdrs_using_chunks_of_consecutive_days", Unit = "days", Minimum = 1, Maximum = 3660)]
    public int ChunkDays { get; init; } = 30;

    /// <summary>Time between two looks for new files to import.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_check_new_external_files_to_import_after_minutes", Unit = "minutes", Minimum = 0, Maximum = 525_600)]
    public int ImportCheckMinutes { get; init; } = 120;

    /// <summary>Time between two checks of the customers' cost limits.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_check_cost_limits_after_minutes", Unit = "minutes", Minimum = 0, Maximum = 525_600)]
    public int CostLimitCheckMinutes { get; init; } = 15;

    /// <summary>Time after which a customer is warned again of a passed cost limit; 0 to tell only the administrator.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_repeat_advise_of_high_cost_limit_after_days", Unit = "days", Minimum = 0, Maximum = 3660)]
    public int CostLimitRepeatDays { get; init; }

    /// <summary>Period whose costs count against a limit: a number of days, or <c>month</c> for the calendar month (the old tool's <c>m</c>).</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_max_cost_limit_timeframe", Format = SettingFormat.DaysOrMonth, Unit = "days")]
    public string CostLimitPeriod { get; init; } = "30";

    /// <summary>Number of concurrent calls that is safe.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_safe_limit_for_concurrent_calls", Unit = "calls", Minimum = 0, Maximum = 1_000_000)]
    public int SafeConcurrentCalls { get; init; } = 5;

    /// <summary>Telephone prefix that is not shown, <c>-</c> for none.</summary>
    /// <remarks>A change is seen on rated calls only after they are rated again.</remarks>
    [Setting(SettingEffect.Update, Legacy = "conf_not_displayed_telephone_prefix")]
    public string HiddenTelephonePrefix { get; init; } = "-";

    /// <summary>Last digits of external telephone numbers that are masked.</summary>
    /// <remarks>A change is seen on rated calls only after they are rated again.</remarks>
    [Setting(SettingEffect.Update, Legacy = "conf_mask_for_external_telephone_number", Unit = "digits", Minimum = 0, Maximum = 32)]
    public int MaskedDigits { get; init; } = 3;

    /// <summary>Fraud check: calls that may wait unprocessed.</summary>
    /// <remarks>The job <c>CheckFrauds</c> is switched off in Asterisell 5.8, so the three fraud settings are written, but felt only where the operator adds it.</remarks>
    [Setting(SettingEffect.Update, Legacy = "conf_check_frauds_max_unprocessed_calls", Unit = "calls", Minimum = 0, Maximum = 1_000_000)]
    public int FraudUnprocessedCalls { get; init; } = 10;

    /// <summary>Fraud check: last days compared with the highest daily cost of a customer.</summary>
    [Setting(
        SettingEffect.Update, Legacy = "conf_check_frauds_compare_xx_last_days_respect_customer_daily_max_cost", Unit = "days",
        Minimum = 0, Maximum = 3660)]
    public int FraudComparedDays { get; init; } = 5;

    /// <summary>Fraud check: last months compared with the current costs.</summary>
    [Setting(
        SettingEffect.Update, Legacy = "conf_check_frauds_compare_x_last_months_respect_current_costs", Unit = "months",
        Minimum = 0, Maximum = 120)]
    public int FraudComparedMonths { get; init; } = 3;
}
