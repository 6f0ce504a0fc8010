namespace Asterisell;

/// <summary>The daily backups that the application makes inside the container, <c>data_files/messages/backup</c>.</summary>
/// <param name="Configurations">Dump of configuration and customers.</param>
/// <param name="Reports">Dump of configuration and reports.</param>
/// <param name="SourceCalls">CSV files of imported calls, a file a day.</param>
/// <param name="RatedCalls">CSV files of rated calls, a file a day.</param>
public sealed record OwnBackupStatus(OwnBackup Configurations, OwnBackup Reports, OwnBackup SourceCalls, OwnBackup RatedCalls);

/// <summary>One of the four daily backups. The application logs it as done even when it failed, so it is judged by its file.</summary>
public sealed record OwnBackup
{
    /// <summary>Last time it was tried, UTC: the stamp is taken before the work. Null when never, or after all jobs were forced.</summary>
    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>Time of the dump's file, UTC; null where there is none, and for the CSV files.</summary>
    public DateTimeOffset? FileAt { get; init; }

    /// <summary>Size of the dump in bytes; null where there is none, and for the CSV files.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>True when the dump ends with its completion mark; false when it is empty or truncated; null for the CSV files.</summary>
    public bool? IsComplete { get; init; }

    /// <summary>Days whose file is missing or out of date; null when unknown, and for the dumps.</summary>
    public int? WaitingDays { get; init; }

    /// <summary>The first of those days.</summary>
    public DateOnly? OldestWaitingDay { get; init; }
}
