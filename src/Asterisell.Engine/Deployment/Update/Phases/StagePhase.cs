using Asterisell.Engine.Deployment.Containers;
using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Update.Phases;

/// <summary>Brings the files that differ beside the present ones, as one tar, and copies both applications, all while customers work.</summary>
internal sealed class StagePhase(UpdateWorld world) : IUpdateWork
{
    private static readonly FileOwnership Private = new("root", "root", 0x180);

    public UpdatePhase Phase => UpdatePhase.Stage;

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        progress.Report("bringing the new files");
        string tree = $"{world.Store.Folder}/tree";
        HashSet<string> written = [.. world.Wanted.Written.Select(one => one.Path)];
        UnixAccounts accounts = await world.Files.GetAccountsAsync(cancellation).ConfigureAwait(false);
        ReleaseTree release = world.Wanted.Tree!;
        await ApplicationArchive.SendAsync(
            release, WithFolders(release, written), "", accounts.GroupId(world.Definition.Settings.Web.UnixUser),
            tar => world.Instance.Files.ExtractTarAsync(tree, tar, cancellation), cancellation).ConfigureAwait(false);
        byte[] removed = Bash.Fields([.. world.Wanted.Removed.OrderByDescending(one => one.Path, StringComparer.Ordinal).Select(one => one.Path)]);
        await world.Instance.Files.WriteAsync($"{world.Store.Folder}/tree.removed", removed, Private, cancellation).ConfigureAwait(false);
        progress.Report("copying the present files");
        await world.RunAsync(
            "copying the present application", UpdateScripts.KeepTree,
            [world.Definition.AdminDirectory, world.Definition.UserDirectory, world.Store.Folder], null, cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>The entries, with the folders that they lie in: a tar makes folders of its own with modes of its own.</summary>
    private static IEnumerable<TreeEntry> WithFolders(ReleaseTree release, HashSet<string> wanted)
    {
        HashSet<string> all = [.. wanted];
        foreach (string path in wanted)
        {
            for (int slash = path.LastIndexOf('/'); slash > 0 && all.Add(path[..slash]); slash = path.LastIndexOf('/', slash - 1))
            {
            }
        }

        return release.Entries.Where(entry => all.Contains(entry.Path));
    }
}
