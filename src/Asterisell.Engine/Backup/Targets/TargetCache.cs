using System.Text;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Targets.Stores;

namespace Asterisell.Engine.Backup.Targets;

/// <summary>
/// Manifests of a remote target that were read before, on this machine: <c>HOST/INSTANCE/SNAPSHOT/manifest.json</c>, as in a folder of
/// backups, with verdicts beside them. It can be deleted at any time; then manifests are read again, and tests are forgotten.
/// </summary>
internal sealed class TargetCache(BackupTarget target)
{
    private const string KeyFile = ".key";

    private readonly string _root = Path.Combine(StateFolder.Of(target), "seen");

    /// <summary>Instances that were seen in the target.</summary>
    public IEnumerable<(string Host, string Instance)> Instances =>
        from host in Folders(_root)
        from instance in Folders(Path.Combine(_root, host))
        select (host, instance);

    /// <summary>Folder of a snapshot's manifest.</summary>
    public string FolderOf(SnapshotName name) => Path.Combine(_root, name.Host, name.Instance, name.Id);

    /// <summary>True when the manifest of exactly this snapshot is here.</summary>
    public bool Has(StoredTree tree)
    {
        string key = Path.Combine(FolderOf(tree.Name), KeyFile);
        return tree.Key.Length > 0 && File.Exists(key) && File.ReadAllText(key) == tree.Key;
    }

    /// <summary>Fills the folder of a snapshot anew.</summary>
    /// <param name="tree">Which.</param>
    /// <param name="fill">Writes into the folder that it is given.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task FillAsync(StoredTree tree, Func<string, Task> fill, CancellationToken cancellation)
    {
        string folder = FolderOf(tree.Name);
        string fresh = Path.Combine(Path.GetDirectoryName(folder)!, $".{tree.Name.Id}-{Path.GetRandomFileName()}");
        PrivateFiles.CreateFolder(fresh);
        try
        {
            await fill(fresh).ConfigureAwait(false);
            await File.WriteAllTextAsync(Path.Combine(fresh, KeyFile), tree.Key, Encoding.UTF8, cancellation).ConfigureAwait(false);
            Forget(tree.Name);
            Directory.Move(fresh, folder);
        }
        catch (IOException) when (Has(tree))
        {
            // Another run filled it at the same moment.
        }
        finally
        {
            Delete(fresh);
        }
    }

    /// <summary>Forgets a snapshot.</summary>
    public void Forget(SnapshotName name) => Delete(FolderOf(name));

    /// <summary>Forgets an instance's snapshots that the target does not have any more.</summary>
    public void KeepOnly(string host, string instance, IReadOnlySet<string> ids)
    {
        foreach (string gone in Folders(Path.Combine(_root, host, instance)).Where(id => SnapshotId.TryParse(id, out _) && !ids.Contains(id)).ToList())
        {
            Forget(new SnapshotName(host, instance, gone));
        }
    }

    private static IEnumerable<string> Folders(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).Where(SnapshotPath.IsSafeFolderName) : [];

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Then it is gone.
        }
    }
}
