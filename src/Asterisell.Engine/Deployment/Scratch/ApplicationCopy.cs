using Asterisell.Engine.Deployment.Containers;
using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances.Application;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Deployment.Scratch;

/// <summary>Brings the application into a throw-away container: from the instance's own, which has exactly what runs, else from its checkout.</summary>
/// <param name="connector">Gives engines.</param>
/// <param name="engine">Engine of the throw-away container.</param>
/// <param name="scratch">The throw-away instance.</param>
internal sealed class ApplicationCopy(IDockerConnector connector, IDockerEngine engine, AsterisellInstance scratch)
{
    /// <summary>tar's exit code for files that changed while it read.</summary>
    private const int SomeDiffer = 1;

    private static readonly string[] MessageFolders = ["archive", "backup", "input", "params", "tmp"];

    /// <summary>$1: name of the instance. Data, caches and logs stay behind, their folders do not.</summary>
    private const string Pack = """
        export LC_ALL=C
        www=var/www/$1
        [ -f "/$www/admin/asterisell.php" ] || exit 44
        exec tar --create --file=- --format=gnu --directory=/ --warning=no-file-changed --warning=no-file-removed \
          --exclude="$www/*/cache/*" --exclude="$www/*/log/*" --exclude="$www/admin/web/uploads/*" --exclude="$www/admin/web/generated_graphs/*" \
          --exclude="$www/admin/data_files/messages/*/*" --exclude="$www/admin/data_files/rsync_with_remote_servers/*" \
          --exclude="$www/user/REMOVE_ME_FOR_ENABLING_ASTERISELL_APP" "$www"
        """;

    /// <summary>Brings it.</summary>
    /// <param name="real">The instance as the inventory describes it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>True when the customers' application still has to be made from the admin's, as after a checkout.</returns>
    public async Task<bool> BringAsync(AsterisellInstance real, CancellationToken cancellation)
    {
        Exception? why = null;
        try
        {
            if (await CopyAsync(real, cancellation).ConfigureAwait(false))
            {
                return false;
            }
        }
        catch (AsterisellException unreachable)
        {
            why = unreachable;
        }

        ApplicationSource source;
        try
        {
            source = ApplicationSource.Find(real, null);
        }
        catch (AsterisellException)
        {
            throw ScratchErrors.DrillApplicationMissing(real, why);
        }

        await SendAsync(source, cancellation).ConfigureAwait(false);
        return true;
    }

    private async Task<bool> CopyAsync(AsterisellInstance real, CancellationToken cancellation)
    {
        IDockerEngine own = await connector.ConnectAsync(real.Host, cancellation).ConfigureAwait(false);
        InstanceHandle live = new(real, own, TimeProvider.System);
        if (await own.FindContainerAsync(real.ContainerName, cancellation).ConfigureAwait(false) is not { IsRunning: true, State: not "paused" })
        {
            return false;
        }

        IExecProcess process = await live.Exec.StartAsync(Bash.Command(Pack, real.Name), cancellation).ConfigureAwait(false);
        await using (process.ConfigureAwait(false))
        {
            TarStream tar = new(process, (exitCode, error) =>
            {
                if (exitCode is not (0 or SomeDiffer))
                {
                    throw InstanceErrors.ScriptFailed(real, "copying the application", exitCode, error);
                }
            });
            await using (tar.ConfigureAwait(false))
            {
                await engine.PutArchiveAsync(scratch.ContainerName, "/", tar, cancellation).ConfigureAwait(false);
            }
        }

        return true;
    }

    private async Task SendAsync(ApplicationSource source, CancellationToken cancellation)
    {
        ContainerFiles files = new(engine, scratch.ContainerName);
        string web = scratch.Settings.Web.UnixUser;
        UnixAccounts accounts = await files.GetAccountsAsync(cancellation).ConfigureAwait(false);
        const UnixFileMode Folder = Templates.FileModes.GroupFolder;
        string messages = $"{scratch.AdminDirectory}/data_files/messages";
        await files.WriteAsync(
            [
                .. new[] { scratch.AdminDirectory, scratch.UserDirectory }.Select(path => new NewEntry(path, null, "root", web, Folder)),
                .. MessageFolders.Select(name => new NewEntry($"{messages}/{name}", null, "root", web, Folder)),
            ],
            cancellation).ConfigureAwait(false);
        ReleaseTree tree = ReleaseTree.Read(source, cancellation);
        await ApplicationArchive.SendAsync(
            tree, tree.Entries.Where(entry => entry.Path != ApplicationTree.Program), scratch.AdminDirectory, accounts.GroupId(web),
            tar => engine.PutArchiveAsync(scratch.ContainerName, "/", tar, cancellation), cancellation).ConfigureAwait(false);
        byte[] program = await File.ReadAllBytesAsync(Path.Combine(source.Folder, ApplicationTree.Program), cancellation).ConfigureAwait(false);
        await files.WriteAsync(
            [new NewEntry($"{scratch.AdminDirectory}/{ApplicationTree.Program}", program, "root", "root", Templates.FileModes.OwnerOnly | UnixFileMode.UserExecute)],
            cancellation).ConfigureAwait(false);
    }
}
