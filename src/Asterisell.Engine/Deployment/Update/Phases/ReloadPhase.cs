using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Update.Phases;

/// <summary>Makes services read what is new, one by one; the others are left alone.</summary>
internal sealed class ReloadPhase(UpdateWorld world) : IUpdateWork
{
    public UpdatePhase Phase => UpdatePhase.Reload;

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        await ServiceReload.RunAsync(world.Instance, world.Journal.Services, progress, cancellation).ConfigureAwait(false);
        return world.Journal.Services.Count > 0;
    }
}
