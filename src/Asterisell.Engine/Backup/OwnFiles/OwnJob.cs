namespace Asterisell.Engine.Backup.OwnFiles;

/// <summary>One of the application's four daily backup jobs.</summary>
/// <param name="Name">Class of the job; its "not before" stamp and its list of days go by this name.</param>
/// <param name="Type">Its folder in <c>data_files/messages/backup</c>.</param>
/// <param name="Table">Table whose days it writes as CSV files; null for those that write one dump.</param>
internal sealed record OwnJob(string Name, string Type, string? Table)
{
    /// <summary>All four.</summary>
    public static IReadOnlyList<OwnJob> All { get; } =
    [
        new("BackupConfigurations", "configurations", null),
        new("BackupReports", "reports", null),
        new("BackupSourceCDRS", "source-cdrs", "ar_source_cdr"),
        new("BackupCDRS", "cdrs", "ar_cdr"),
    ];

    /// <summary>File of the dump.</summary>
    public string DumpName => $"{Type}.sql";
}
