using Asterisell.Engine.Backup.Restore.Application;
using Asterisell.Engine.Backup.Restore.Database;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Restore;

/// <summary>Applies the upgrade jobs that the running version has and the restored data have not, in the order of the manual's update.</summary>
/// <remarks>
/// A job that fails is recorded as applied, and the command says success with exit code 0: its row in <c>ar_application_upgrade</c> tells, by an
/// output that begins <c>Interrupt from error:</c>. The second command deletes the lock of the customers' web.
/// </remarks>
internal static class UpgradeJobs
{
    private static readonly TimeSpan Limit = TimeSpan.FromHours(2);

    private static readonly string[] MakeObjects = ["install-views-and-procedures"];
    private static readonly string[][] Commands = [["run", "db-upgrade-jobs"], MakeObjects, ["run", "upgrade-jobs"]];

    /// <summary>Applies what is pending.</summary>
    /// <param name="replacement">The replacement; its data are in their place.</param>
    /// <param name="objects">
    /// Views, triggers and routines that the application has to make anew, since the restored data did not bring all of them; null where they did.
    /// </param>
    /// <param name="progress">Told what is done; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Jobs that were applied.</returns>
    /// <exception cref="AsterisellException"><c>RestoreUpgradeJobFailed</c>, <c>ApplicationObjectsMissing</c>.</exception>
    public static async Task<IReadOnlyList<string>> ApplyAsync(
        DataReplacement replacement, DatabaseObjects? objects, IOperationProgress? progress, CancellationToken cancellation)
    {
        IInstance instance = replacement.Instance;
        VersionStatus before = await ReadAsync(instance, cancellation).ConfigureAwait(false);
        IReadOnlyList<string> pending = before.PendingUpgradeJobs ?? [];
        foreach (string[] command in pending.Count > 0 ? Commands : objects is null ? [] : [MakeObjects])
        {
            progress?.Report($"upgrading the restored data: {string.Join(' ', command)}");
            ApplicationRun run = await instance.Application.RunAsync(command, [], Limit, cancellation).ConfigureAwait(false);
            await replacement.LockWebAsync(cancellation).ConfigureAwait(false);
            if (run.Result == ApplicationResult.Failed && run.Outcome.ExitCode != 0)
            {
                throw RestoreErrors.RestoreUpgradeJobFailed(
                    instance.Definition, [$"{string.Join(' ', command)} ended with exit code {run.Outcome.ExitCode}: {InstanceErrors.OneLine(run.Outcome.OutputText + run.Outcome.ErrorText)}"]);
            }
        }

        if (objects is not null)
        {
            await RequireAsync(replacement, objects, cancellation).ConfigureAwait(false);
        }

        if (pending.Count == 0)
        {
            return [];
        }

        VersionStatus after = await ReadAsync(instance, cancellation).ConfigureAwait(false);
        string[] failed =
        [
            .. (after.PendingUpgradeJobs ?? pending).Intersect(pending).Select(job => $"{job} was not applied"),
            .. (after.FailedUpgradeJobs ?? []).Where(job => pending.Contains(job.Job)).Select(job => $"{job.Job}: {job.Message}"),
        ];
        return failed.Length == 0 ? pending : throw RestoreErrors.RestoreUpgradeJobFailed(instance.Definition, failed);
    }

    private static async Task RequireAsync(DataReplacement replacement, DatabaseObjects objects, CancellationToken cancellation)
    {
        DatabaseObjects present = await DatabaseObjects.ReadAsync(replacement.Session, replacement.Names.Live, cancellation).ConfigureAwait(false);
        string[] missing = [.. objects.Missing(present)];
        if (missing.Length > 0)
        {
            throw ApplicationBackupErrors.ApplicationObjectsMissing(replacement.Instance.Definition, missing);
        }
    }

    private static async Task<VersionStatus> ReadAsync(IInstance instance, CancellationToken cancellation) =>
        (await instance.Status.ReadAsync(new StatusOptions(), cancellation).ConfigureAwait(false)).Application ?? new VersionStatus();
}
