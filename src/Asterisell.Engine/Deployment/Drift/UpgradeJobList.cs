using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Deployment.Drift;

/// <summary>Upgrade jobs of an instance: those that its next <c>app.yml</c> lists and nobody applied, and those that failed.</summary>
/// <param name="Pending">In the order in which they would run.</param>
/// <param name="Failed">The application counts them as applied all the same.</param>
internal sealed record UpgradeJobList(IReadOnlyList<string> Pending, IReadOnlyList<FailedUpgradeJob> Failed)
{
    /// <summary>Asks the database.</summary>
    /// <param name="instance">Instance.</param>
    /// <param name="release">Jobs that the release brings.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="AsterisellException">It cannot be asked.</exception>
    public static async Task<UpgradeJobList> ReadAsync(IInstance instance, IEnumerable<string> release, CancellationToken cancellation)
    {
        HashSet<string> applied = [];
        List<FailedUpgradeJob> failed = [];
        const string Sql =
            "SELECT upg_key AS job, IF(upg_output LIKE 'Interrupt from error:%', SUBSTRING(upg_output, 1, 2000), NULL) AS failure FROM ar_application_upgrade";
        await foreach (SqlRow row in instance.Database.QueryAsync(Sql, null, cancellation).ConfigureAwait(false))
        {
            string job = row["job"] ?? "";
            applied.Add(job);
            if (row["failure"] is { } failure)
            {
                failed.Add(new FailedUpgradeJob(job, null, failure));
            }
        }

        return new UpgradeJobList(
            [.. JobLists.Upgrade(instance.Definition.Settings.Jobs, release).Where(job => !applied.Contains(job))], failed);
    }
}
