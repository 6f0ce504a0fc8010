namespace Asterisell;

/// <summary>Currency and precision of amounts.</summary>
public sealed record CurrencySettings
{
    /// <summary>ISO 4217 code.</summary>
    [Setting(SettingEffect.Update, Legacy = "currency", Format = SettingFormat.Currency)]
    public string Code { get; init; } = "USD";

    /// <summary>Decimal places that amounts are stored with.</summary>
    /// <remarks>Amounts are stored as integers of this precision: after a change every call must be rated again.</remarks>
    [Setting(SettingEffect.Update, Legacy = "conf_currency_decimal_places", Unit = "digits", Minimum = 0, Maximum = 8)]
    public int DecimalPlaces { get; init; } = 5;

    /// <summary>Decimal places on invoices.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_currency_decimal_places_in_invoices", Unit = "digits", Minimum = 0, Maximum = 8)]
    public int InvoiceDecimalPlaces { get; init; } = 2;
}
