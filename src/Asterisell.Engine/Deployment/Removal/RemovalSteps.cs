using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances.Power;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Removal;

/// <summary>Leaves on the host that the backup is done, and which volumes are to go.</summary>
internal sealed class MarkStep(RemovalWorld world) : IDeploymentWork
{
    public string Name => "Mark";

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        if (await world.Mark.FindAsync(cancellation).ConfigureAwait(false) is not null)
        {
            return false;
        }

        await world.Mark.MakeAsync(world.Volumes, cancellation).ConfigureAwait(false);
        return true;
    }
}

/// <summary>Lets the jobs and the database end, then stops the container.</summary>
internal sealed class StopStep(RemovalWorld world) : IDeploymentWork
{
    public string Name => "Stop";

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        if (await world.FindContainerAsync(cancellation).ConfigureAwait(false) is not { IsRunning: true })
        {
            return false;
        }

        var options = new StopOptions { SkipDrain = world.IsDrained, DrainLimit = world.Options.DrainLimit, Grace = world.Options.Grace };
        try
        {
            await new InstancePower(world.Instance).StopAsync(options, progress, cancellation).ConfigureAwait(false);
        }
        catch (AsterisellException failure) when (failure.ErrorId is "ApplicationNotInstalled" or "CredentialsNotFound")
        {
            // An installation that was killed before there was an application: there are no jobs to wait for.
            await new InstancePower(world.Instance)
                .StopAsync(options with { SkipDrain = true }, progress, cancellation).ConfigureAwait(false);
        }

        return true;
    }
}

/// <summary>Removes the container; its volumes are the next step's.</summary>
internal sealed class ContainerRemovalStep(RemovalWorld world) : IDeploymentWork
{
    public string Name => "Container";

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        if (await world.FindContainerAsync(cancellation).ConfigureAwait(false) is not { } container)
        {
            return false;
        }

        return await EngineAtWork.RequestAsync(
            () => world.Engine.Containers.RemoveAsync(container.Id, force: true, withAnonymousVolumes: false, cancellation),
            async () => await world.Engine.FindContainerAsync(container.Id, cancellation).ConfigureAwait(false) is null,
            progress, cancellation).ConfigureAwait(false);
    }
}

/// <summary>Removes the volumes that the container had.</summary>
internal sealed class VolumeRemovalStep(RemovalWorld world) : IDeploymentWork
{
    public string Name => "Volumes";

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        bool removed = false;
        foreach (string volume in world.Volumes)
        {
            if (await world.Engine.Volumes.FindAsync(volume, cancellation).ConfigureAwait(false) is VolumeDetail)
            {
                removed |= await EngineAtWork.RequestAsync(
                    () => world.Engine.Volumes.RemoveAsync(volume, cancellation),
                    async () => await world.Engine.Volumes.FindAsync(volume, cancellation).ConfigureAwait(false) is null,
                    progress, cancellation).ConfigureAwait(false);
            }
        }

        return removed;
    }
}

/// <summary>Removes the mark: nothing is left to do.</summary>
internal sealed class EndStep(RemovalWorld world) : IDeploymentWork
{
    public string Name => "End";

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        await world.Mark.RemoveAsync(cancellation).ConfigureAwait(false);
        return true;
    }
}
