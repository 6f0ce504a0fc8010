using Asterisell.Engine.Instances.Maintenance;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Update.Phases;

/// <summary>Lets customers in where they were in before, and looks at the page that they see. Jobs still wait.</summary>
internal sealed class UnlockPhase(UpdateWorld world) : IUpdateWork
{
    public UpdatePhase Phase => UpdatePhase.Unlock;

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        progress.Report("letting customers in");
        bool wasLocked = world.Journal.WebLocked ?? false;
        await world.Web.ReleaseAsync(wasLocked, cancellation).ConfigureAwait(false);
        if (wasLocked)
        {
            return false;
        }

        if (world.Journal.Before.Missing.Count == 0)
        {
            await new WebSwitch(world.Instance).EnableAsync(progress, cancellation).ConfigureAwait(false);
        }

        world.Set(journal => journal with { Downtime = DateTimeOffset.UtcNow - journal.LockedAt });
        return true;
    }
}
