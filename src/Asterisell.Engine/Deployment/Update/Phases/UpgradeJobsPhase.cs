using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Update.Phases;

/// <summary>
/// Runs the upgrade jobs and judges them by their rows and by new critical problems. From here on the database is another one: what fails later
/// brings the backup back. A job that failed before the update went on is run once more.
/// </summary>
internal sealed class UpgradeJobsPhase(UpdateWorld world) : IUpdateWork
{
    public UpdatePhase Phase => UpdatePhase.UpgradeJobs;

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        AsterisellInstance definition = world.Definition;
        VersionStatus before = await UpgradeJobs.ReadAsync(world.Instance, cancellation).ConfigureAwait(false);
        string[] failedHere = [.. (before.FailedUpgradeJobs ?? []).Select(job => job.Job).Except(world.Journal.Before.FailedUpgradeJobs)];
        await UpgradeJobs.ForgetFailuresAsync(world.Instance, failedHere, cancellation).ConfigureAwait(false);
        IReadOnlyList<string> pending = [.. (before.PendingUpgradeJobs ?? []).Union(failedHere)];
        UpgradeOutcome outcome = await UpgradeJobs.RunAsync(
            world.Instance, pending, objectsOnly: false, command => world.Web.AssertAsync(command, cancellation), progress, cancellation).ConfigureAwait(false);
        if (outcome.Command is { } command)
        {
            throw UpdateErrors.UpgradeCommandFailed(definition, command, outcome.ExitCode, outcome.Reason);
        }

        if (outcome.Failed.Count > 0)
        {
            throw UpdateErrors.UpgradeJobFailed(definition, outcome.Failed);
        }

        if (outcome.NotApplied.Count > 0)
        {
            throw UpdateErrors.UpgradeJobPending(definition, outcome.NotApplied);
        }

        await UpdateProblems.RequireNoneAsync(
            world.Instance, world.Journal.Before.Problems, ProblemSeverity.Critical, "the upgrade jobs", cancellation).ConfigureAwait(false);
        world.Set(journal => journal with { AppliedUpgradeJobs = [.. journal.AppliedUpgradeJobs.Union(pending)] });
        return pending.Count > 0;
    }
}
