namespace Asterisell.Engine.Deployment.Templates;

/// <summary>
/// The lists of jobs in <c>app.yml</c>, Asterisell 5.8. The order of a list is the order of execution.
/// </summary>
internal static class JobLists
{
    /// <summary>Every pass. The jobs of <c>jobs.export</c> stand before the four backups; the last one must stay the last.</summary>
    public static IReadOnlyList<string> AlwaysScheduled(JobSettings jobs) =>
    [
        "RecalculateReportSets", "ChangePassword",
        .. jobs.Import,
        "ImportDataFiles", "SignalRatesToExportToResellers",
        .. jobs.BeforeRating, .. jobs.DataFileProcessors,
        "ManageRateEvent", jobs.ExpandExtensions, "GarbageCollectBundleState", "CheckCallCostLimit", "CompareProviderCostWithCalculatedCost",
        "CleanCacheFromOldItems", "CheckOrganizationHierarchy", "GenerateScheduledReports", "CheckForMalformedErrorsNotSentToUsers",
        "ReportCDRsWithErrors", "RemoveNotUsedExtensionsFromSystemQueue", "CheckForUndefExtensions",
        .. jobs.AfterRating,
        "CheckForInvisibleCalls", "ReportsNotificationWorkflow", "UpdateOfficialCallDateAccordingLastConfirmedReports",
        "BackupOrganizationInfo", "ChangePassword",
        .. jobs.Export,
        "BackupConfigurations", "BackupSourceCDRS", "BackupCDRS", "BackupReports", "GroupCDRSWithErrors", "AdviseAdminOfNewProblems",
    ];

    /// <summary>On events.</summary>
    public static IReadOnlyList<string> OnEvent(JobSettings jobs) =>
    [
        .. jobs.OnEvent, .. jobs.DataFileProcessors,
        "ForceExecutionOfReportSchedulerJob", "GenerateCSVInvoiceSummaryReport", "ChangeOrganizationInfo",
        "GenerateMailWarningCustomerForHighCallCost", "BackupOrganizationInfo",
    ];

    /// <summary>Once, by the installation.</summary>
    public static IReadOnlyList<string> Configure(JobSettings jobs) =>
    [
        "ConfigureDefaultParamsAndSettings", "ConfigureHolidays", "ConfigureDefaultResponsibleForEachErrorDomainType",
        "InitWithDefaultMySQLStoredProcedures", "InitTelephonePrefixes", "LoadWorldTelephonePrefixesFromCSVFile", "ConfigureCommunicationChannels",
        .. jobs.Configure,
        "ForceReratingAtCurrentCronJobProcessor",
    ];

    /// <summary>Once each, by an update.</summary>
    /// <param name="jobs">Settings.</param>
    /// <param name="release">Jobs that the release brings.</param>
    public static IReadOnlyList<string> Upgrade(JobSettings jobs, IEnumerable<string> release) =>
    [
        .. ((string[])["EmptyUpgradeJob", "Upgrade_2017_01_24", "Upgrade_2017_03_06", "Upgrade_2017_03_10", "Upgrade_2017_03_16"])
            .Concat(jobs.StandardUpgrade).Concat(release).Concat(jobs.Upgrade).Distinct(StringComparer.Ordinal),
    ];
}
