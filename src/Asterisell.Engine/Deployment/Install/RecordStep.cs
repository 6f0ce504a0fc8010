using Asterisell.Engine.Deployment.Drift;
using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Install;

/// <summary>Notes what the application made itself when it was activated for the first time: nobody else has been in the instance yet.</summary>
internal sealed class RecordStep(InstallWorld world) : IDeploymentWork
{
    public string Name => "Record";

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        if (await DeployedManifest.ReadAsync(world.Instance, cancellation).ConfigureAwait(false) is not { Head.IsSettled: false })
        {
            // Noted already; or an instance of the old tool, of which nobody knows any more.
            return false;
        }

        IReadOnlySet<string> made = await UnknownFiles.FindAsync(
            world.Instance, world.Tree, world.Configuration.ApplicationPaths(world.Definition), cancellation).ConfigureAwait(false);
        DeployedManifest settled = await DeployedManifest.OfAsync(world.Definition, world.Tree, world.Configuration, made, cancellation).ConfigureAwait(false);
        await settled.WriteAsync(world.Instance, cancellation).ConfigureAwait(false);
        return true;
    }
}
