using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Update.Phases;

/// <summary>
/// Puts the staged files in their place and removes what the release no longer has. What an operator put into the application's folder stays:
/// only files that were brought by an earlier release are removed.
/// </summary>
internal sealed class SyncPhase(UpdateWorld world) : IUpdateWork
{
    public UpdatePhase Phase => UpdatePhase.Sync;

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        progress.Report("putting the new files in their place");
        string manifest = DeployedManifest.PathOf(world.Definition);
        await world.RunAsync("keeping the list of files", UpdateScripts.KeepFiles, [world.Store.Folder], [manifest], cancellation).ConfigureAwait(false);
        DeployedManifest wanted = await ManifestAsync(world, [], cancellation).ConfigureAwait(false);
        DeployedManifest both = wanted.With(world.Wanted.Found.Manifest);
        await both.WriteAsync(world.Instance, cancellation).ConfigureAwait(false);
        await world.RunAsync(
            "putting the new files in their place", UpdateScripts.ApplyTree,
            [world.Definition.AdminDirectory, world.Store.Folder, world.Journal.Id], null, cancellation).ConfigureAwait(false);
        world.Set(journal => journal.WithService("php"));
        return true;
    }

    /// <summary>The list of what will have been brought.</summary>
    /// <param name="world">The update.</param>
    /// <param name="made">Paths that the application made in this update.</param>
    /// <param name="cancellation">Gives up.</param>
    public static Task<DeployedManifest> ManifestAsync(UpdateWorld world, IEnumerable<string> made, CancellationToken cancellation) => DeployedManifest.OfAsync(
        world.Definition, world.Wanted.Tree!, world.Wanted.Found.Configuration,
        (world.Wanted.Found.Manifest?.Entries ?? []).Where(entry => entry.Origin == DeployedOrigin.Application).Select(entry => entry.Path).Union(made), cancellation);
}
