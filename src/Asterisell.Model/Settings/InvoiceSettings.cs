namespace Asterisell;

/// <summary>Invoices and PDF reports.</summary>
public sealed record InvoiceSettings
{
    /// <summary>Dates on invoices, as PHP's <c>date()</c> writes them.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_invoice_date_format", Format = SettingFormat.PhpDateFormat)]
    public string DateFormat { get; init; } = "d.m.Y";

    /// <summary>True for long details.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_long_details_in_invoice")]
    public bool LongDetails { get; init; } = true;

    /// <summary>True when the last day of the period is shown, false for the first day after it.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_use_inclusive_end_date_in_invoice")]
    public bool InclusiveEndDate { get; init; } = true;

    /// <summary>Calls in one section of a PDF report; 0 for no limit.</summary>
    [Setting(SettingEffect.Update, Legacy = "conf_max_calls_in_pdf_report_section", Unit = "calls", Minimum = 0, Maximum = 10_000_000)]
    public int MaximumCallsInPdf { get; init; } = 1000;
}
