using System.Globalization;

namespace Asterisell.Engine.Instances;

/// <summary>Reads locks and activity out of a probe's answer.</summary>
internal static class LockReader
{
    /// <summary>Name of the row that is the job lock.</summary>
    public const string JobLockName = "jobqueueprocessor";

    /// <summary><c>ar_job_queue.state</c> of a job that runs; rows of a crashed pass keep it until the next pass.</summary>
    private const int RunningState = 1;

    /// <summary>Adds the statements that the reading wants.</summary>
    public static SqlBatch AddTo(SqlBatch batch) => batch
        .Add("lock", "SELECT info, time FROM ar_lock WHERE name = @name", new Dictionary<string, object?> { ["name"] = JobLockName })
        .Add(
            "running-job",
            "SELECT SUBSTRING_INDEX(description, ':', 1) AS job FROM ar_job_queue WHERE state = @state ORDER BY id DESC LIMIT 1",
            new Dictionary<string, object?> { ["state"] = RunningState });

    /// <summary>Locks and activity.</summary>
    public static ApplicationActivity Read(ProbeResult probe, PhpClock clock)
    {
        ProbeAnswer answer = probe.Answer;
        SqlAnswer row = probe.Rows["lock"];
        JobLock? jobLock = row.Rows is [var found, ..] ? Judge(found, answer) : null;
        var locks = new ApplicationLocks(answer.Find("cron-locked") is not null, answer.Find("web-locked") is not null, jobLock);
        IEnumerable<string> running = Late(answer).Values.Where(ProcessEntry.IsApplicationCommand);
        string? job = jobLock?.Holder == JobLockHolder.Running && probe.Rows["running-job"].Rows is [var first, ..] ? first["job"] : null;
        return new ApplicationActivity(locks, [.. running.Select(command => command.Trim())])
        {
            RunningJob = job,
            LockInfo = row.Rows is [var held, ..] ? held["info"] : null,
            LockedSince = ToUtc(jobLock?.Since, answer, clock),
            Unread = row.Failure,
        };
    }

    /// <summary>UTC of a time of PHP's; null also where its time zone is not known here: that is told by whoever asks for times.</summary>
    private static DateTimeOffset? ToUtc(DateTime? written, ProbeAnswer answer, PhpClock clock)
    {
        try
        {
            return clock.Parse(answer.Find("timezone") ?? "").ToUtc(written);
        }
        catch (AsterisellException)
        {
            return null;
        }
    }

    /// <summary>The holder of the lock that a row names, from the processes before and after the row was read.</summary>
    public static JobLock Judge(SqlRow row, ProbeAnswer answer)
    {
        DateTime? since = row.Time("time");
        if (!int.TryParse(row["info"], NumberStyles.None, CultureInfo.InvariantCulture, out int id))
        {
            return new JobLock(0, since, JobLockHolder.Dead, null);
        }

        if (ProcessEntry.Parse(answer).FirstOrDefault(process => process.Id == id && process.IsAlive) is { } early)
        {
            return new JobLock(id, since, early.IsApplication ? JobLockHolder.Running : JobLockHolder.Foreign, early.Name);
        }

        return Late(answer).TryGetValue(id, out string? command)
            ? new JobLock(id, since, ProcessEntry.IsApplicationCommand(command) ? JobLockHolder.Running : JobLockHolder.Foreign, command.Split(' ')[0])
            : new JobLock(id, since, JobLockHolder.Dead, null);
    }

    private static Dictionary<int, string> Late(ProbeAnswer answer)
    {
        var late = new Dictionary<int, string>();
        foreach (string text in answer.All("late"))
        {
            if (text.Split(' ', 2) is [var id, var command] && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                late[number] = command;
            }
        }

        return late;
    }
}
