using System.Globalization;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.OwnFiles;

/// <summary>Judges the application's own backups by what they are, since their jobs are DONE also when they failed.</summary>
internal static class OwnFilesJudge
{
    /// <summary>A backup is made every 24 hours, tried again with the next pass; a day and two hours is late.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromHours(26);

    /// <param name="facts">What there is.</param>
    /// <param name="calls">Calls a day as the database counts them, by table; a table that is missing is not compared.</param>
    /// <param name="unchangedSince">Files written later are not compared with those counts; null where none is.</param>
    public static OwnFilesReport Judge(
        OwnFilesFacts facts, IReadOnlyDictionary<string, IReadOnlyDictionary<DateOnly, long>> calls, DateTimeOffset? unchangedSince)
    {
        List<string> findings = [];
        List<OwnJobReport> jobs = [];
        bool never = facts.Waiting.Count == 0 && facts.Dumps.Count == 0 && facts.Files.Values.All(files => files.Count == 0);
        foreach (OwnJob job in OwnJob.All)
        {
            IReadOnlySet<DateOnly> waiting = facts.Waiting.GetValueOrDefault(job.Name, new HashSet<DateOnly>());
            OwnJobReport report = new()
            {
                Job = job.Name,
                LastAttemptAt = facts.Attempts.TryGetValue(job.Name, out DateTimeOffset attempt) ? attempt : null,
                Files = 0,
                SizeBytes = 0,
                WaitingDays = job.Table is null ? 0 : waiting.Count,
                OldestWaitingDay = job.Table is null || waiting.Count == 0 ? null : Text(waiting.Min()),
                MissingDays = 0,
                ComparedDays = 0,
                DifferingDays = 0,
            };
            jobs.Add(job.Table is null
                ? JudgeDump(job, report, facts, never ? [] : findings)
                : JudgeDays(job, report, facts, waiting, calls.GetValueOrDefault(job.Table), unchangedSince, never ? [] : findings));
        }

        if (never)
        {
            findings.Add("the application's backup jobs have never run: there are no files for data restore");
        }

        if (facts.EmptyUndoPoints > 0)
        {
            findings.Add($"BackupOrganizationInfo: {Number(facts.EmptyUndoPoints.Value)} of {Number(facts.UndoPoints ?? 0)} undo points are empty, because the dump failed");
        }

        return new OwnFilesReport
        {
            JudgedAt = facts.Now, Jobs = jobs, UndoPoints = facts.UndoPoints, EmptyUndoPoints = facts.EmptyUndoPoints, Findings = findings,
        };
    }

    private static OwnJobReport JudgeDump(OwnJob job, OwnJobReport report, OwnFilesFacts facts, List<string> findings)
    {
        if (!facts.Dumps.TryGetValue(job.DumpName, out OwnDump? dump))
        {
            findings.Add($"{job.Name}: {job.DumpName} is missing");
            return report;
        }

        if (WhyUseless(dump) is { } why)
        {
            findings.Add($"{job.Name}: {job.DumpName} {why}");
        }
        else if (facts.Now - dump.At > Late)
        {
            findings.Add($"{job.Name}: {job.DumpName} is of {Text(dump.At)}");
        }

        return report with { Files = 1, SizeBytes = dump.SizeBytes, NewestFileAt = dump.At };
    }

    /// <summary>Why a dump holds nothing, or not all; null when it does.</summary>
    public static string? WhyUseless(OwnDump dump) =>
        dump.SizeBytes == 0 ? "is empty" : dump.IsComplete ? null : "is truncated: it does not end with '-- Dump completed'";

    private static OwnJobReport JudgeDays(
        OwnJob job, OwnJobReport report, OwnFilesFacts facts, IReadOnlySet<DateOnly> waiting, IReadOnlyDictionary<DateOnly, long>? calls,
        DateTimeOffset? unchangedSince, List<string> findings)
    {
        IReadOnlyList<OwnFile> files = facts.Files.GetValueOrDefault(job.Type, []);
        DateTimeOffset? newest = files.Count == 0 ? null : files.Max(file => file.At);
        if (waiting.Count > 0 && (newest is null || facts.Now - newest > Late))
        {
            findings.Add($"{job.Name}: {Count(waiting.Count, "day")} {(waiting.Count == 1 ? "waits" : "wait")} for a file, since {Text(waiting.Min())}; the newest file is {(newest is { } at ? $"of {Text(at)}" : "missing")}");
        }

        if (files.Where(file => file.Day is null).Select(file => file.Name).ToArray() is { Length: > 0 } strays)
        {
            findings.Add($"{job.Name}: data restore would also load {Count(strays.Length, "file")} that {(strays.Length == 1 ? "is" : "are")} none of its own, as '{strays[0]}'");
        }

        report = report with { Files = files.Count, SizeBytes = files.Sum(file => file.SizeBytes), NewestFileAt = newest };
        return calls is null ? report : Compare(job, report, Days(files), waiting, calls, unchangedSince, findings);
    }

    private static OwnJobReport Compare(
        OwnJob job, OwnJobReport report, Dictionary<DateOnly, OwnFile> files, IReadOnlySet<DateOnly> waiting,
        IReadOnlyDictionary<DateOnly, long> calls, DateTimeOffset? unchangedSince, List<string> findings)
    {
        DateOnly[] missing = [.. calls.Where(day => day.Value > 0 && !waiting.Contains(day.Key) && files.GetValueOrDefault(day.Key) is null or { SizeBytes: 0 }).Select(day => day.Key).Order()];
        if (missing.Length > 0)
        {
            findings.Add($"{job.Name}: {Count(missing.Length, "day")} with calls {(missing.Length == 1 ? "has" : "have")} no file or an empty one, and {(missing.Length == 1 ? "does" : "do")} not wait for one; the first is {Text(missing[0])}");
        }

        OwnFile[] comparable = [.. files.Values.Where(file => file.Rows is not null && !waiting.Contains(file.Day!.Value) && !(file.At > unchangedSince)).OrderBy(file => file.Day)];
        OwnFile[] differing = [.. comparable.Where(file => calls.GetValueOrDefault(file.Day!.Value) != file.Rows)];
        if (differing is [var first, ..])
        {
            findings.Add($"{job.Name}: {Count(differing.Length, "day")} of {Number(comparable.Length)} compared {(differing.Length == 1 ? "holds" : "hold")} another number of calls than the database; the first is {Text(first.Day!.Value)}: {Number(first.Rows!.Value)} instead of {Number(calls.GetValueOrDefault(first.Day.Value))}");
        }

        return report with { MissingDays = missing.Length, ComparedDays = comparable.Length, DifferingDays = differing.Length };
    }

    /// <summary>Of two files for one day the one that holds more: a restore would load both.</summary>
    private static Dictionary<DateOnly, OwnFile> Days(IEnumerable<OwnFile> files) => files.Where(file => file.Day is not null)
        .GroupBy(file => file.Day!.Value).ToDictionary(day => day.Key, day => day.MaxBy(file => file.SizeBytes)!);

    private static string Count(int number, string what) => $"{Number(number)} {what}{(number == 1 ? "" : "s")}";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
}
