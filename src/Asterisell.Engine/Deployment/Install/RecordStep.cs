using Asterisell.Engine.Deployment.Drift;
using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Install;

/// <summary>Notes what the application made itself when it was activated for the first time: nobody else has been in the instance yet.</summary>
internal sealed class RecordStep(InstallWorld world) : IDeploymentWork
{
    private const int LargestManifest = 64 * 1024 * 1024;

    public string Name => "Record";

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        string path = DeployedManifest.PathOf(world.Definition);
        if (await world.Instance.Files.FindAsync(path, cancellation).ConfigureAwait(false) is null)
        {
            // An instance of the old tool: nobody knows any more.
            return false;
        }

        byte[] text = await world.Instance.Files.ReadAsync(path, LargestManifest, cancellation).ConfigureAwait(false);
        if (DeployedManifest.Parse(world.Definition, ByteText.Decode(text)) is not { Head.IsSettled: false })
        {
            return false;
        }

        IReadOnlySet<string> made = await UnknownFiles.FindAsync(
            world.Instance, world.Tree, world.Configuration.ApplicationPaths(world.Definition), cancellation).ConfigureAwait(false);
        DeployedManifest settled = await DeployedManifest.OfAsync(world.Definition, world.Tree, world.Configuration, made, cancellation).ConfigureAwait(false);
        await settled.WriteAsync(world.Instance, cancellation).ConfigureAwait(false);
        return true;
    }
}
