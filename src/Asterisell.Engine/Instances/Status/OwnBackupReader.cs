using System.Globalization;

namespace Asterisell.Engine.Instances;

/// <summary>The application's own backups' part of a status.</summary>
internal static class OwnBackupReader
{
    private const string Part = nameof(InstanceStatus.OwnBackups);

    /// <summary>Last line of a dump that was written to its end; older clients add the time.</summary>
    private const string CompletionMark = "-- Dump completed";

    public static OwnBackupStatus? Read(StatusFacts facts)
    {
        if (facts.Rows(Part, StatusQueries.Locks) is not { } stamps || facts.Rows(Part, StatusQueries.Backlog) is not { } backlog)
        {
            return null;
        }

        Dictionary<string, (long Size, DateTimeOffset At)> files = Files(facts.Said(Part, "dumps") ?? "");
        Dictionary<string, string> ends = Ends(facts.Answer.Find("dump-ends") ?? "");
        return new OwnBackupStatus(
            Dump("BackupConfigurations", "configurations.sql"), Dump("BackupReports", "reports.sql"), Csv("BackupSourceCDRS"), Csv("BackupCDRS"));

        DateTimeOffset? Attempt(string job) => facts.Utc(stamps.FirstOrDefault(row => row["name"] == job)?.Time("time"));

        OwnBackup Dump(string job, string file) => files.TryGetValue(file, out (long Size, DateTimeOffset At) found)
            ? new OwnBackup
            {
                LastAttemptAt = Attempt(job),
                FileAt = found.At,
                SizeBytes = found.Size,
                IsComplete = ends.GetValueOrDefault(file, "").Contains(CompletionMark, StringComparison.Ordinal),
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

    /// <summary>Lines <c>NAME SIZE SECONDS</c> of find.</summary>
    private static Dictionary<string, (long Size, DateTimeOffset At)> Files(string lines)
    {
        var files = new Dictionary<string, (long Size, DateTimeOffset At)>(StringComparer.Ordinal);
        foreach (string line in lines.Split('\n'))
        {
            if (line.Split(' ') is [var name, var size, var seconds])
            {
                files[name] = (
                    StatusFacts.ParseWhole(size),
                    DateTimeOffset.UnixEpoch.AddSeconds(double.Parse(seconds, NumberStyles.Float, CultureInfo.InvariantCulture)));
            }
        }

        return files;
    }

    /// <summary>Ends of files, each below a line <c>==&gt; PATH &lt;==</c> of tail.</summary>
    private static Dictionary<string, string> Ends(string text)
    {
        var ends = new Dictionary<string, string>(StringComparer.Ordinal);
        string file = "";
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith("==> ", StringComparison.Ordinal) && line.EndsWith(" <==", StringComparison.Ordinal))
            {
                file = line[(line.LastIndexOf('/') + 1)..^4];
                ends[file] = "";
            }
            else if (file.Length > 0)
            {
                ends[file] += line + "\n";
            }
        }

        return ends;
    }
}
