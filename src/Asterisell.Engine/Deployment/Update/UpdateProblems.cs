using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Deployment.Update;

/// <summary>What the instance complains of that it did not complain of before.</summary>
internal static class UpdateProblems
{
    /// <summary>Rows of the queue that tell which jobs fail anyway: some passes of the usual 27 jobs.</summary>
    private const string Failed =
        "SELECT DISTINCT SUBSTRING_INDEX(description, ':', 1) AS job FROM (SELECT description, state FROM ar_job_queue ORDER BY id DESC LIMIT 200) AS lately WHERE state = 3";

    /// <summary>Keys of the problems that are there now.</summary>
    public static async Task<IReadOnlyList<string>> ListKeysAsync(IInstance instance, CancellationToken cancellation)
    {
        List<string> keys = [];
        await foreach (InstanceProblem problem in instance.Problems.ListAsync(ProblemSeverity.Info, cancellation).ConfigureAwait(false))
        {
            keys.Add(problem.Id);
        }

        return keys;
    }

    /// <summary>Names of jobs that failed lately.</summary>
    public static async Task<IReadOnlyList<string>> ListFailedJobsAsync(IInstance instance, CancellationToken cancellation)
    {
        List<string> jobs = [];
        await foreach (SqlRow row in instance.Database.QueryAsync(Failed, null, cancellation).ConfigureAwait(false))
        {
            jobs.Add(row["job"] ?? "");
        }

        return jobs;
    }

    /// <summary>Refuses new problems of a severity.</summary>
    /// <param name="instance">Instance.</param>
    /// <param name="before">Keys that were there.</param>
    /// <param name="severity">Least severity that counts.</param>
    /// <param name="after">What was done just before, in words.</param>
    /// <param name="cancellation">Ends the statement.</param>
    /// <exception cref="AsterisellException"><c>NewCriticalProblem</c>.</exception>
    public static async Task RequireNoneAsync(
        IInstance instance, IReadOnlyList<string> before, ProblemSeverity severity, string after, CancellationToken cancellation)
    {
        HashSet<string> known = [.. before];
        List<string> found = [];
        await foreach (InstanceProblem problem in instance.Problems.ListAsync(severity, cancellation).ConfigureAwait(false))
        {
            if (!known.Contains(problem.Id))
            {
                found.Add(InstanceErrors.OneLine(problem.Description));
            }
        }

        if (found.Count > 0)
        {
            throw UpdateErrors.NewCriticalProblem(instance.Definition, after, found);
        }
    }
}
