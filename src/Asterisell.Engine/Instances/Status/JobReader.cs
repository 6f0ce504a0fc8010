namespace Asterisell.Engine.Instances;

/// <summary>The locks' and the jobs' part of a status.</summary>
internal static class JobReader
{
    public static LockStatus ReadLocks(StatusFacts facts)
    {
        IReadOnlyList<SqlRow>? rows = facts.Rows($"{nameof(InstanceStatus.Locks)}.{nameof(LockStatus.JobLock)}", StatusQueries.Locks);
        SqlRow? row = rows?.FirstOrDefault(lockRow => lockRow["name"] == LockReader.JobLockName);
        JobLock? jobLock = row is null ? null : LockReader.Judge(row, facts.Answer);
        return new LockStatus
        {
            CronLocked = facts.Answer.Find("cron-locked") is not null,
            WebLocked = facts.Answer.Find("web-locked") is not null,
            JobLock = jobLock,
            JobLockSince = facts.Utc(jobLock?.Since),
        };
    }

    public static JobStatus? ReadJobs(StatusFacts facts, LockStatus locks)
    {
        const string Part = nameof(InstanceStatus.Jobs);
        if (facts.Rows(Part, StatusQueries.RunningJobs) is not { } running
            || facts.Rows(Part, StatusQueries.FailedJobs) is not { } failed
            || facts.Rows(Part, StatusQueries.LastJob) is not { } last)
        {
            return null;
        }

        // The lock is also held by other commands, and RUNNING rows outlive a crash: a pass needs both.
        bool runs = running.Count > 0 && locks.JobLock is { Holder: JobLockHolder.Running };
        DateTimeOffset yesterday = facts.Now.AddDays(-1);
        string[] failedNow = [.. failed.Where(row => facts.Utc(row.Time("created_at")) > yesterday).Select(row => row["job"] ?? "")];
        return new JobStatus
        {
            IsRunning = runs,
            RunningJob = runs ? running[0]["job"] : null,
            RunningSince = runs ? locks.JobLockSince : null,
            AbandonedJobs = runs ? 0 : running.Count,
            LastJobEndedAt = last is [var row, ..] ? facts.Utc(row.Time("end_at") ?? row.Time("created_at")) : null,
            FailedLastDay = failedNow.Length,
            FailedJobs = [.. failedNow.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
    }

    public static ProblemStatus? ReadProblems(StatusFacts facts)
    {
        if (facts.Rows(nameof(InstanceStatus.Problems), StatusQueries.Problems) is not { } rows)
        {
            return null;
        }

        int Count(ProblemSeverity severity) => (int)(rows.FirstOrDefault(row => row.Whole("type") == (int)severity * 10)?.Whole("problems") ?? 0);
        return new ProblemStatus(
            Count(ProblemSeverity.Critical), Count(ProblemSeverity.Error), Count(ProblemSeverity.Warning), Count(ProblemSeverity.Info),
            (long)rows.Sum(row => row.Number("calls") ?? 0));
    }
}
