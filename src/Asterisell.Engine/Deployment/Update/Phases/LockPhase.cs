using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Update.Phases;

/// <summary>Keeps customers out; the downtime begins.</summary>
internal sealed class LockPhase(UpdateWorld world) : IUpdateWork
{
    public UpdatePhase Phase => UpdatePhase.Lock;

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        progress.Report("keeping customers out");
        if (world.Journal.WebLocked == false)
        {
            world.Set(journal => journal with { LockedAt = journal.LockedAt ?? DateTimeOffset.UtcNow });
        }

        await world.Web.HoldAsync(cancellation).ConfigureAwait(false);
        return true;
    }
}
