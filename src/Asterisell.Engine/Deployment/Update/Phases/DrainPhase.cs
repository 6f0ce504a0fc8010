using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Update.Phases;

/// <summary>Locks jobs and waits for those that run. How it was before is written down first.</summary>
internal sealed class DrainPhase(UpdateWorld world) : IUpdateWork
{
    public UpdatePhase Phase => UpdatePhase.Drain;

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        progress.Report("waiting for jobs");
        if (world.Journal.CronLocked is null)
        {
            ApplicationLocks before = (await world.Instance.Application.GetActivityAsync(cancellation).ConfigureAwait(false)).Locks;
            await world.SaveAsync(journal => journal with { CronLocked = before.CronLocked, WebLocked = before.WebLocked }, cancellation).ConfigureAwait(false);
        }

        await world.Instance.Application.DrainJobsAsync(world.Options.DrainLimit, progress, cancellation).ConfigureAwait(false);

        // A row that names another program's process keeps every upgrade command waiting, and then refuses it.
        if (await world.Instance.Application.ClearStaleLockAsync(cancellation).ConfigureAwait(false) is { } stale)
        {
            world.Note($"{stale}.");
        }

        return true;
    }
}
