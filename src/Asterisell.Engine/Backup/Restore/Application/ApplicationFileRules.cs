using System.Globalization;
using Asterisell.Engine.Backup.OwnFiles;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Restore.Application;

/// <summary>Which of the application's own backups are restored, and what has to be told of them. <c>data restore</c> looks at none of this.</summary>
internal static class ApplicationFileRules
{
    /// <summary>Both dumps are made in one pass; so much apart they are of two.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromHours(6);

    /// <summary>Refuses what is missing, empty or cut: a restore of the rest would look like one of everything.</summary>
    /// <exception cref="AsterisellException"><c>ApplicationBackupDamaged</c>.</exception>
    public static void Require(AsterisellInstance instance, ApplicationFiles files)
    {
        List<string> findings = [];
        foreach (OwnJob job in OwnJob.All)
        {
            if (job.Table is not null)
            {
                findings.AddRange(files.Days.ContainsKey(job.Type) ? [] : [$"the folder {job.Type} is missing"]);
            }
            else if (!files.Dumps.TryGetValue(job.Type, out OwnDump? dump))
            {
                findings.Add($"{job.DumpName} is missing");
            }
            else if (OwnFilesJudge.WhyUseless(dump) is { } why)
            {
                findings.Add($"{job.DumpName} {why}");
            }
        }

        if (findings.Count > 0)
        {
            throw ApplicationBackupErrors.ApplicationBackupDamaged(instance, findings);
        }
    }

    /// <summary>What an operator should know of files that are restored.</summary>
    public static IEnumerable<string> Describe(ApplicationFiles files)
    {
        OwnDump reports = files.Dumps["reports"];
        yield return $"Settings and reports are those of {Text(reports.At)}.";
        if ((reports.At - files.Dumps["configurations"].At).Duration() > Apart)
        {
            yield return $"configurations.sql is of {Text(files.Dumps["configurations"].At)}: another moment. As with data restore, reports.sql decides.";
        }

        foreach ((string type, IReadOnlyList<CallFile> days) in files.Days)
        {
            CallFile[] filled = [.. days.Where(day => day.Rows > 0)];
            yield return filled.Length == 0
                ? $"{type} holds no calls."
                : string.Create(CultureInfo.InvariantCulture, $"{type} holds {filled.Sum(day => day.Rows)} calls of {filled.Length} days, {filled[0].Day:yyyy-MM-dd} to {filled[^1].Day:yyyy-MM-dd}.");
            if (MissingDays(days) is { Count: > 0 } missing)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{type} has no file for {missing.Count} days in between, the first is {missing[0]:yyyy-MM-dd}.");
            }
        }

        if (files.Strays.Count > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{files.Strays.Count} files were left out that no job of the application wrote, as '{files.Strays[0]}'; data restore would have loaded them.");
        }
    }

    /// <summary>Days between the first and the last that have no file: the application writes an empty one for a day without calls.</summary>
    internal static List<DateOnly> MissingDays(IReadOnlyList<CallFile> days)
    {
        List<DateOnly> missing = [];
        for (int i = 1; i < days.Count; i++)
        {
            for (DateOnly day = days[i - 1].Day.AddDays(1); day < days[i].Day; day = day.AddDays(1))
            {
                missing.Add(day);
            }
        }

        return missing;
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
}
