using Asterisell.Engine.Deployment.Containers;
using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Instances.Application;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Install;

/// <summary>Puts the application into the container; the program by which it is known comes last.</summary>
internal sealed class ApplicationStep(InstallWorld world) : IDeploymentWork
{
    public string Name => "Application";

    private string Program => $"{world.Definition.AdminDirectory}/{ApplicationTree.Program}";

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        if (await world.Files.ExistsAsync(Program, cancellation).ConfigureAwait(false))
        {
            return false;
        }

        string web = world.Definition.Settings.Web.UnixUser;
        UnixAccounts accounts = await world.Files.GetAccountsAsync(cancellation).ConfigureAwait(false);
        if (!accounts.Has(web))
        {
            throw InstallErrors.WebUserMissing(world.Definition, web, world.Definition.Settings.Image.Name);
        }

        // Before the files: whatever of them is there when this breaks off is known to be the release's.
        DeployedManifest manifest = await DeployedManifest.OfAsync(world.Definition, world.Tree, world.Configuration, null, cancellation).ConfigureAwait(false);
        const UnixFileMode folder = Templates.FileModes.GroupFolder;
        await world.Files.WriteAsync(
            [
                manifest.ToEntry(),
                new NewEntry(world.Definition.AdminDirectory, null, "root", web, folder),
                new NewEntry(world.Definition.UserDirectory, null, "root", web, folder),
            ],
            cancellation).ConfigureAwait(false);
        await ApplicationArchive.SendAsync(
            world.Tree, world.Tree.Entries.Where(entry => entry.Path != ApplicationTree.Program), world.Definition.AdminDirectory, accounts.GroupId(web),
            tar => world.Engine.PutArchiveAsync(world.Definition.ContainerName, "/", tar, cancellation), cancellation).ConfigureAwait(false);
        byte[] program = await File.ReadAllBytesAsync(Path.Combine(world.Tree.Folder, ApplicationTree.Program), cancellation).ConfigureAwait(false);
        await world.Files.WriteAsync(
            [new NewEntry(Program, program, "root", "root", Templates.FileModes.OwnerOnly | UnixFileMode.UserExecute)], cancellation).ConfigureAwait(false);
        return true;
    }
}
