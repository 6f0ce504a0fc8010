using Asterisell.Engine.Instances.Jobs;
using Asterisell.Engine.Instances.Packages;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Update.Phases;

/// <summary>
/// The instance must be as healthy as before: services, both web applications, a database that writes and reads; and after a new application, a
/// pass of its jobs without new failures, and calls that are rated as before.
/// </summary>
internal sealed class HealthPhase(UpdateWorld world) : IUpdateWork
{
    public UpdatePhase Phase => UpdatePhase.Health;

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        progress.Report("testing the instance");
        IReadOnlyList<string> missing = await new InstanceHealth(world.Instance)
            .WaitAsync(world.Journal.Before.Missing, world.Options.HealthLimit, progress, cancellation).ConfigureAwait(false);
        if (missing.Count > 0)
        {
            throw UpdateErrors.HealthGateFailed(world.Definition, missing);
        }

        if (!world.Journal.WithApplication)
        {
            return true;
        }

        bool ratesAgain = await RatedCalls.IsPlannedAsync(world.Instance.Database, cancellation).ConfigureAwait(false);
        await CompareCallsAsync(world.Journal.PassBegun, cancellation).ConfigureAwait(false);
        await RunPassAsync(progress, cancellation).ConfigureAwait(false);
        await CompareCallsAsync(ratesAgain: true, cancellation).ConfigureAwait(false);
        if (ratesAgain)
        {
            world.Note("The pass of the health test rated calls; their amounts were not compared with those from before.");
        }

        return true;
    }

    private async Task RunPassAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        // What the pass imports would be gone with the data that it imports it into.
        await world.RunAsync(
            "keeping the files to be imported", UpdateScripts.KeepInput, [world.Definition.AdminDirectory, world.Store.Folder], null, cancellation).ConfigureAwait(false);
        await world.SaveAsync(journal => journal with { PassBegun = true }, cancellation).ConfigureAwait(false);
        try
        {
            await new JobPass(world.Instance).RunAsync(new JobPassOptions { Limit = world.Options.PassLimit }, progress, null, cancellation).ConfigureAwait(false);
        }
        catch (JobRunException failure) when (failure.ErrorId == nameof(JobErrors.PassNotEnded))
        {
            world.Note($"The pass of the health test goes on: {failure.Reason}");
            return;
        }
        catch (JobRunException failure) when (failure.Run.Jobs.Count > 0
            && failure.Run.ExitCode == 0 && failure.Run.FailedJobs.All(job => world.Journal.Before.FailedJobs.Contains(job.Job)))
        {
            world.Note($"Jobs fail as they did before: {string.Join(", ", failure.Run.FailedJobs.Select(job => job.Job).Distinct())}.");
        }
        catch (JobRunException failure)
        {
            throw UpdateErrors.JobPassFailed(world.Definition, failure.Reason, failure);
        }

        await UpdateProblems.RequireNoneAsync(
            world.Instance, world.Journal.Before.Problems, ProblemSeverity.Critical, "a job pass", cancellation).ConfigureAwait(false);
    }

    private async Task CompareCallsAsync(bool ratesAgain, CancellationToken cancellation)
    {
        if (world.Journal.Before.Calls is not { } before)
        {
            return;
        }

        RatedCalls now = await before.ReadAgainAsync(world.Instance.Database, cancellation).ConfigureAwait(false);
        if (before.FindLoss(now, ratesAgain) is { } loss)
        {
            throw UpdateErrors.CallsDiffer(world.Definition, loss);
        }
    }
}
