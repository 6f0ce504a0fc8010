using Asterisell.Engine.Backup.Restore.Application;
using Asterisell.Engine.Backup.Restore.Database;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Restore;

/// <summary>Applies the upgrade jobs that the running version has and the restored data have not.</summary>
internal static class RestoredUpgrade
{
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
        IReadOnlyList<string> pending = (await UpgradeJobs.ReadAsync(instance, cancellation).ConfigureAwait(false)).PendingUpgradeJobs ?? [];
        if (pending.Count == 0 && objects is null)
        {
            return [];
        }

        UpgradeOutcome outcome = await UpgradeJobs.RunAsync(
            instance, pending, objectsOnly: pending.Count == 0, _ => replacement.LockWebAsync(cancellation), progress, cancellation).ConfigureAwait(false);
        string[] failed = outcome.Command is { } command
            ? [$"{command} ended with exit code {outcome.ExitCode}: {outcome.Reason}"]
            : [.. outcome.NotApplied.Select(job => $"{job} was not applied"), .. outcome.Failed];
        if (failed.Length > 0)
        {
            throw RestoreErrors.RestoreUpgradeJobFailed(instance.Definition, failed);
        }

        if (objects is not null)
        {
            await RequireAsync(replacement, objects, cancellation).ConfigureAwait(false);
        }

        return pending;
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
}
