namespace Asterisell;

/// <summary>Exported CSV files.</summary>
public sealed record CsvSettings
{
    /// <summary>Decimal separator.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_decimal_separator_symbol_in_csv", Format = SettingFormat.Character)]
    public string DecimalSeparator { get; init; } = ".";

    /// <summary>Field separator.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_csv_field_separator", Format = SettingFormat.Character)]
    public string FieldSeparator { get; init; } = ",";

    /// <summary>True to write numbers in quotes.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_numbers_as_strings_in_csv")]
    public bool NumbersAsText { get; init; } = true;
}
