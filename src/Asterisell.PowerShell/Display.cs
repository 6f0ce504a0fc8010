using System.Globalization;
using Asterisell.PowerShell.Formatting;

namespace Asterisell.PowerShell;

/// <summary>How values read in the views of <c>Asterisell.Format.ps1xml</c>. The objects keep the values themselves, so they sort.</summary>
public static class Display
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB", "PB"];

    /// <summary>Bytes with three digits and a unit, in steps of 1024: <c>1.46 GB</c>.</summary>
    public static string Size(long? bytes)
    {
        if (bytes is not long size)
        {
            return "";
        }

        double value = Math.Abs((double)size);
        int unit = 0;
        while (value >= 999.5 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        string format = unit == 0 || value >= 99.95 ? "0" : value >= 9.995 ? "0.0" : "0.00";
        return $"{(size < 0 ? "-" : "")}{value.ToString(format, CultureInfo.InvariantCulture)} {Units[unit]}";
    }

    /// <summary>A duration by its two greatest units: <c>340 ms</c>, <c>12.3 s</c>, <c>4 min 05 s</c>, <c>3 h 20 min</c>, <c>12 d 4 h</c>.</summary>
    public static string Duration(TimeSpan? duration)
    {
        if (duration is not TimeSpan span)
        {
            return "";
        }

        string sign = span < TimeSpan.Zero ? "-" : "";
        span = span.Duration();
        string text = span switch
        {
            { TotalMilliseconds: < 999.5 } => $"{Math.Round(span.TotalMilliseconds)} ms",
            { TotalSeconds: < 59.95 } => $"{span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s",
            { TotalHours: < 1 } => $"{(int)span.TotalMinutes} min {span.Seconds:00} s",
            { TotalDays: < 1 } => $"{(int)span.TotalHours} h {span.Minutes:00} min",
            _ => $"{(int)span.TotalDays} d {span.Hours} h",
        };
        return sign + text;
    }

    /// <summary>How long ago a time is: <c>3 h 20 min ago</c>, <c>in 5.0 s</c>.</summary>
    public static string Age(DateTimeOffset? time)
    {
        if (time is not DateTimeOffset moment)
        {
            return "";
        }

        TimeSpan age = DateTimeOffset.UtcNow - moment;
        return age < TimeSpan.FromSeconds(-1) ? $"in {Duration(-age)}" : $"{Duration(age < TimeSpan.Zero ? TimeSpan.Zero : age)} ago";
    }

    /// <summary>A time in the operator's own time zone, to the second.</summary>
    public static string Time(DateTimeOffset? time) =>
        time?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A number with groups of three digits.</summary>
    public static string Number(long? number) => number?.ToString("#,0", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A word in the colour of its meaning: results, states and severities. PowerShell takes the colour away where it is unwanted.</summary>
    public static string Word(object? word) => Paint.Word(word?.ToString() ?? "");

    /// <summary>A line of a command's output with the instance before it.</summary>
    public static string Line(CommandOutput? line) =>
        line is null ? "" : $"{Paint.Faint($"{line.HostName}/{line.Name} |")} {(line.Source == CommandSource.Error ? Paint.Warning(line.Text) : line.Text)}";

    /// <summary>The application's locks that are set: <c>cron, web, jobs</c>; a job lock whose holder is gone is stale.</summary>
    public static string Locks(LockStatus? locks) => locks is null
        ? ""
        : Listed(
            (locks.CronLocked, "cron"),
            (locks.WebLocked, "web"),
            (locks.JobLocked, locks.IsStale ? Paint.Warning("jobs (stale)") : "jobs"));

    /// <summary>The application's locks that are set at one moment: <c>cron, web, jobs</c>; <c>none</c> where none is.</summary>
    public static string SetLocks(ApplicationLocks? locks)
    {
        if (locks is null)
        {
            return "";
        }

        string listed = Listed(
            (locks.CronLocked, "cron"),
            (locks.WebLocked, "web"),
            (locks.JobLock is not null, locks.JobLock is { Holder: JobLockHolder.Running } ? "jobs" : Paint.Warning("jobs (stale)")));
        return listed.Length == 0 ? "none" : listed;
    }

    /// <summary>Problems by severity, the worst first: <c>1 critical, 2 errors</c>.</summary>
    public static string Problems(ProblemStatus? problems) => problems is null
        ? ""
        : Listed(
            (problems.Critical > 0, Paint.Failure($"{problems.Critical} critical")),
            (problems.Error > 0, $"{problems.Error} error{(problems.Error == 1 ? "" : "s")}"),
            (problems.Warning > 0, $"{problems.Warning} warning{(problems.Warning == 1 ? "" : "s")}"));

    /// <summary>Where a difference is: files of an instance below its own folder, in one line, without what a terminal would obey.</summary>
    public static string DriftSubject(AsterisellDrift? drift)
    {
        if (drift is null)
        {
            return "";
        }

        string own = $"/var/www/{drift.Name}/";
        string item = drift.Subject.StartsWith(own, StringComparison.Ordinal) ? drift.Subject[own.Length..] : drift.Subject;
        return string.Concat(item.Select(c => c switch { '\n' => "\\n", '\t' => "\\t", '\r' => "\\r", _ when char.IsControl(c) => "\uFFFD", _ => c.ToString() }));
    }

    /// <summary>What a difference is, in a few words: <c>1000 MB → 2000 MB</c>, lines that come and go, sizes, what an operator should know.</summary>
    public static string DriftDetails(AsterisellDrift? drift) => drift switch
    {
        null => "",
        { Wanted: not null } or { Running: not null } => Sentence($"{drift.Running ?? "none"} → {drift.Wanted ?? "none"}", drift.Note),
        { Diff: { Length: > 0 } diff } => Sentence($"+{CountLines(diff, '+')} -{CountLines(diff, '-')} lines", drift.Note),
        { Note.Length: > 0 } => drift.Note,
        { RunningBytes: not null, WantedBytes: not null } when Size(drift.RunningBytes) != Size(drift.WantedBytes) =>
            $"{Size(drift.RunningBytes)} → {Size(drift.WantedBytes)}",
        _ => Size(drift.WantedBytes ?? drift.RunningBytes),
    };

    private static string Sentence(string fact, string note) => note.Length == 0 ? fact : $"{fact}. {note}";

    private static int CountLines(string diff, char sign) => diff.Split('\n').Count(line => line.StartsWith(sign));

    private static string Listed(params (bool Shown, string Word)[] words) =>
        string.Join(", ", words.Where(word => word.Shown).Select(word => word.Word));
}
