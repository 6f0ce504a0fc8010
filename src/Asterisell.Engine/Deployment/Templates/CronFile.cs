using System.Globalization;

namespace Asterisell.Engine.Deployment.Templates;

/// <summary><c>/etc/cron.d/asterisell_NAME</c>: when a pass of the scheduled jobs begins.</summary>
internal static class CronFile
{
    /// <summary>
    /// The file. Debian's cron passes over names with a dot without a word, so the dots of an instance's name become underscores: without
    /// that its jobs would never run.
    /// </summary>
    public static string Path(AsterisellInstance instance) => $"/etc/cron.d/{FileName(instance)}";

    /// <summary>Name of the instance's files in folders of the system that take no dots.</summary>
    public static string FileName(AsterisellInstance instance) => $"asterisell_{instance.Name.Replace('.', '_')}";

    public static string Render(AsterisellInstance instance)
    {
        string name = SafeWord.Check("the name", instance.Name);
        JobSettings jobs = instance.Settings.Jobs;
        return $$"""
            # Jobs of the instance {{name}}, made from its inventory. What is changed here is lost with the next update.
            SHELL=/bin/sh
            PATH=/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin

            {{Minutes(jobs)}} * * * * {{SafeWord.Check("jobs.unixUser", jobs.UnixUser)}} cd {{instance.AdminDirectory}} && { php asterisell.php run scheduled-jobs || php asterisell.php debug signal-critical-problem-in-the-code; } >/dev/null 2>&1

            """;
    }

    /// <summary>Minutes of an hour. The old tool always began one in minute 0, so that its offset did not keep instances apart.</summary>
    public static string Minutes(JobSettings jobs)
    {
        int first = jobs.FrequencyMinutes >= 60 ? jobs.OffsetMinutes : jobs.OffsetMinutes % jobs.FrequencyMinutes;
        return string.Join(',', Enumerable.Range(0, 60)
            .Where(minute => minute >= first && (minute - first) % jobs.FrequencyMinutes == 0)
            .Select(minute => minute.ToString(CultureInfo.InvariantCulture)));
    }
}
