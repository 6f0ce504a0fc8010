using Asterisell.Engine.Deployment.Configuration;
using Asterisell.Engine.Deployment.Containers;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Install;

/// <summary>Writes those configuration files that differ from what the inventory wants.</summary>
/// <param name="world">The installation.</param>
/// <param name="name">Name of the step.</param>
/// <param name="isMeant">Which files it writes.</param>
internal sealed class ConfigurationStep(InstallWorld world, string name, Func<RenderedFile, bool> isMeant) : IDeploymentWork
{
    public string Name => name;

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        RenderedConfiguration meant = world.Configuration with { Files = [.. world.Configuration.Files.Where(isMeant)] };
        IReadOnlyList<FileDifference> found = await FileDifference.FindAsync(world.Files, meant, cancellation).ConfigureAwait(false);
        List<NewEntry> differing = [.. found.Select(one => one.Wanted)];
        foreach (RenderedFolder folder in world.Configuration.Folders)
        {
            if (!await world.Files.ExistsAsync(folder.Path, cancellation).ConfigureAwait(false))
            {
                differing.Add(new NewEntry(folder.Path, null, folder.Owner, folder.Group, folder.Mode));
            }
        }

        if (differing.Count == 0)
        {
            return false;
        }

        await world.Files.WriteAsync(differing, cancellation).ConfigureAwait(false);
        ContainerDetail container = await world.Instance.InspectAsync(cancellation).ConfigureAwait(false);
        world.NeedsRestart |= container.IsRunning;
        return true;
    }
}
