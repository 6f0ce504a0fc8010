namespace Asterisell.Engine.Instances;

/// <summary>The application's own backups' part of a status.</summary>
internal static class OwnBackupReader
{
    private const string Part = nameof(InstanceStatus.OwnBackups);

    public static OwnBackupStatus? Read(StatusFacts facts)
    {
        if (facts.Rows(Part, StatusQueries.Locks) is not { } stamps || facts.Rows(Part, StatusQueries.Backlog) is not { } backlog)
        {
            return null;
        }

        IReadOnlyDictionary<string, OwnDump> dumps = OwnDump.Parse(facts.Said(Part, "dumps") ?? "", facts.Answer.Find("dump-ends") ?? "");
        return new OwnBackupStatus(
            Dump("BackupConfigurations", "configurations.sql"), Dump("BackupReports", "reports.sql"), Csv("BackupSourceCDRS"), Csv("BackupCDRS"));

        DateTimeOffset? Attempt(string job) => facts.Utc(stamps.FirstOrDefault(row => row["name"] == job)?.Time("time"));

        OwnBackup Dump(string job, string file) => dumps.TryGetValue(file, out OwnDump? found)
            ? new OwnBackup
            {
                LastAttemptAt = Attempt(job), FileAt = found.At, SizeBytes = found.SizeBytes, IsComplete = found.IsComplete,
            }
            : new OwnBackup { LastAttemptAt = Attempt(job) };

        OwnBackup Csv(string job)
        {
            SqlRow? row = backlog.FirstOrDefault(entry => entry["job"] == job);
            return new OwnBackup
            {
                LastAttemptAt = Attempt(job),
                WaitingDays = (int?)row?.Whole("days"),
                OldestWaitingDay = row?.Time("oldest") is { } day ? DateOnly.FromDateTime(day) : null,
            };
        }
    }
}
