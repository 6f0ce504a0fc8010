using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances.Power;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Install;

/// <summary>Starts the container, or restarts one whose services have read an older configuration.</summary>
internal sealed class StartStep(InstallWorld world) : IDeploymentWork
{
    private static readonly StartOptions WithoutWait = new() { HealthLimit = null };

    public string Name => "Start";

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        ContainerDetail container = await world.Instance.InspectAsync(cancellation).ConfigureAwait(false);
        var power = new InstancePower(world.Instance);
        if (!container.IsRunning)
        {
            await world.Engine.StartContainerAsync(world.Definition.ContainerName, cancellation).ConfigureAwait(false);
            return true;
        }

        if (!world.NeedsRestart)
        {
            return false;
        }

        await power.RestartAsync(new StopOptions { SkipDrain = true }, WithoutWait, progress, cancellation).ConfigureAwait(false);
        world.NeedsRestart = false;
        return true;
    }
}
