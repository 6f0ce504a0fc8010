namespace Asterisell.Engine.Instances.Jobs;

/// <summary>What was there before a pass, so that what it did can be told from that.</summary>
/// <param name="NewestJob">Highest row of <c>ar_job_queue</c>.</param>
/// <param name="Waiting">Event jobs in the queue, which the pass will take.</param>
/// <param name="Problems">Problems by key and time; the pass writes those that it finds again with a new time.</param>
internal sealed record PassBaseline(long NewestJob, IReadOnlySet<long> Waiting, IReadOnlySet<(string Id, DateTimeOffset? Seen)> Problems)
{
    private const string Newest = "SELECT COALESCE(MAX(id), 0) AS newest FROM ar_job_queue";

    public static async Task<PassBaseline> ReadAsync(IInstance instance, CancellationToken cancellation)
    {
        var problems = new HashSet<(string, DateTimeOffset?)>();
        await foreach (InstanceProblem problem in instance.Problems.ListAsync(ProblemSeverity.Info, cancellation).ConfigureAwait(false))
        {
            problems.Add((problem.Id, problem.FirstSeen));
        }

        long newest = 0;
        await foreach (SqlRow row in instance.Database.QueryAsync(Newest, null, cancellation).ConfigureAwait(false))
        {
            newest = row.Whole("newest") ?? 0;
        }

        var waiting = new HashSet<long>();
        await foreach (InstanceJob job in instance.Jobs.ListAsync(new JobQuery { States = [JobState.Waiting] }, cancellation).ConfigureAwait(false))
        {
            waiting.Add(job.Id);
        }

        return new PassBaseline(newest, waiting, problems);
    }

    /// <summary>Jobs of the pass so far, in their order.</summary>
    public async Task<IReadOnlyList<InstanceJob>> ListJobsAsync(IInstance instance, CancellationToken cancellation)
    {
        var query = new JobQuery { FirstId = Waiting.Count == 0 ? NewestJob + 1 : Waiting.Min() };
        var jobs = new List<InstanceJob>();
        await foreach (InstanceJob job in instance.Jobs.ListAsync(query, cancellation).ConfigureAwait(false))
        {
            if (job.Id > NewestJob || (Waiting.Contains(job.Id) && job.State != JobState.Waiting))
            {
                jobs.Add(job);
            }
        }

        jobs.Reverse();
        return jobs;
    }

    /// <summary>Problems that the pass reported.</summary>
    public async Task<IReadOnlyList<InstanceProblem>> ListProblemsAsync(IInstance instance, CancellationToken cancellation)
    {
        var found = new List<InstanceProblem>();
        await foreach (InstanceProblem problem in instance.Problems.ListAsync(ProblemSeverity.Info, cancellation).ConfigureAwait(false))
        {
            if (!Problems.Contains((problem.Id, problem.FirstSeen)))
            {
                found.Add(problem);
            }
        }

        return found;
    }
}
