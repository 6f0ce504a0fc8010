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
    private const UnixFileMode AnyOther = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public string Name => name;

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        List<NewEntry> differing = [];
        foreach (RenderedFile file in world.Configuration.Files.Where(isMeant))
        {
            if (await DiffersAsync(file, cancellation).ConfigureAwait(false))
            {
                differing.Add(new NewEntry(file.Path, file.Content, file.Owner, file.Group, file.Mode));
            }
        }

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

    /// <summary>The application's activation opens and closes modes as it likes; what must not be is that everybody reads a secret.</summary>
    private async Task<bool> DiffersAsync(RenderedFile file, CancellationToken cancellation)
    {
        StoredFile? stored = await world.Files.ReadAsync(file.Path, cancellation).ConfigureAwait(false);
        return stored is null
            || !stored.Content.Span.SequenceEqual(file.Content.Span)
            || (file.IsSecret && (stored.Mode & AnyOther) != 0);
    }
}
