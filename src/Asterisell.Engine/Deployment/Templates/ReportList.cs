namespace Asterisell.Engine.Deployment.Templates;

/// <summary>The reports in <c>app.yml</c>: PHP classes with their titles. One named twice keeps its place and gets the later title.</summary>
internal static class ReportList
{
    private static readonly (string Class, string Title)[] BuiltIn =
    [
        ("BillingReport_UserDefined", "Organization Report (User Defined)"),
        ("BillingReport_Organization", "Organization Report (Monthly)"),
        ("BillingReport_AllOrganization", "Full Organization Report (Monthly)"),
        ("Report_CompareVendors", "Compare Vendors (User Defined)"),
        ("Report_CompareVendorsAndCostSaving", "Compare Vendors and Cost Saving (User Defined)"),
        ("Report_CompareChannels", "Compare Channels (User Defined)"),
        ("CSVCallDetails", "CSV File with Call Details"),
    ];

    public static IReadOnlyList<(string Class, string Title)> Of(ReportSettings reports)
    {
        List<(string Class, string Title)> all = [.. BuiltIn];
        foreach ((string Class, string Title) report in reports.Standard.Concat(reports.Custom).Select(Split))
        {
            int known = all.FindIndex(other => other.Class == report.Class);
            if (known < 0)
            {
                all.Add(report);
            }
            else
            {
                all[known] = report;
            }
        }

        return all;
    }

    /// <summary>The inventory's form is <c>Class: "Title"</c>.</summary>
    private static (string Class, string Title) Split(string report)
    {
        string[] parts = report.Split(": ", 2);
        return (parts[0], parts[1].Trim('"'));
    }
}
