namespace Asterisell;

/// <summary>Reports that the application offers, each written as <c>Class: "Title"</c>.</summary>
public sealed record ReportSettings
{
    /// <summary>Reports that come with the application.</summary>
    [Setting(
        SettingEffect.Update, Legacy = "default_reports", Format = SettingFormat.Report,
        DefaultText = "the placeholder for invoice numbering and the two PDF invoices; none where `application.billing` is false")]
    public IReadOnlyList<string> Standard { get; init; } =
    [
        "PlaceHolderForInvoiceNumeration: \"Placeholder for Invoice Numeration\"",
        "GenerateLegalInvoiceUsingTemplate01PDF: \"Invoice using Default PDF Template\"",
        "GenerateNoLegalInvoiceUsingTemplate01PDF: \"Call Report Notes, using a pseudo invoice PDF Template\"",
    ];

    /// <summary>Reports of the operator.</summary>
    [Setting(SettingEffect.Update, Legacy = "custom_reports", Format = SettingFormat.Report)]
    public IReadOnlyList<string> Custom { get; init; } = [];
}
