using System.Runtime.CompilerServices;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Targets.Stores;
using Asterisell.Engine.Backup.Verification;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Targets;

/// <summary>A target that is no folder of this machine: a store of trees, with the manifests that were read of it kept here.</summary>
internal sealed class RemoteTarget(BackupTarget definition, ITreeStore store) : IBackupTarget
{
    private readonly TargetCache _cache = new(definition);

    /// <inheritdoc/>
    public BackupTarget Definition => definition;

    /// <inheritdoc/>
    public string? Folder => null;

    /// <inheritdoc/>
    public async IAsyncEnumerable<AsterisellBackup> ListAsync(
        Func<string, string, bool> isWanted, [EnumeratorCancellation] CancellationToken cancellation)
    {
        IReadOnlyList<StoredTree> trees = await store.ListAsync(isWanted, cancellation).ConfigureAwait(false);
        foreach ((string host, string instance) in _cache.Instances.Where(known => isWanted(known.Host, known.Instance)).ToList())
        {
            _cache.KeepOnly(host, instance, trees.Where(tree => tree.Name.Host == host && tree.Name.Instance == instance).Select(tree => tree.Name.Id).ToHashSet());
        }

        foreach (StoredTree tree in trees
            .OrderBy(tree => tree.Name.Host, StringComparer.Ordinal).ThenBy(tree => tree.Name.Instance, StringComparer.Ordinal).ThenBy(tree => tree.Name.Id, StringComparer.Ordinal))
        {
            yield return await DescribeAsync(tree, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<AsterisellBackup> StoreAsync(AsterisellBackup local, IOperationProgress? progress, CancellationToken cancellation)
    {
        SnapshotName name = SnapshotName.Of(local);
        StoredTree tree = await store.StoreAsync(local.Path, name, progress, cancellation).ConfigureAwait(false);
        AsterisellBackup stored = await DescribeAsync(tree, cancellation).ConfigureAwait(false);
        return stored.State == BackupState.Complete && IsSameManifest(local.Path, _cache.FolderOf(name))
            ? stored
            : throw TargetErrors.TargetCopyBroken(definition.Name, name.ToString(), [stored.Reason ?? "its manifest is another one"]);
    }

    /// <inheritdoc/>
    public async Task<AsterisellBackup> FetchAsync(
        AsterisellBackup backup, string folder, Func<string, bool>? wanted, IOperationProgress? progress, CancellationToken cancellation)
    {
        SnapshotName name = SnapshotName.Of(backup);
        string local = Path.Combine(folder, name.Host, name.Instance, name.Id);
        PrivateFiles.CreateFolder(local);
        StoredTree tree = await FindAsync(name, cancellation).ConfigureAwait(false);
        await store.FetchAsync(tree, local, wanted is null ? null : path => IsOwn(path) || wanted(path), progress, cancellation).ConfigureAwait(false);
        return await BackupCatalog.DescribeAsync(local, cancellation).ConfigureAwait(false) with { Target = definition.Name };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BackupFinding>> CheckAsync(AsterisellBackup backup, CancellationToken cancellation)
    {
        SnapshotName name = SnapshotName.Of(backup);
        using WorkFolder scratch = WorkFolder.Create(StateFolder.StagingOf(definition), name.ToString());
        StoredTree tree = await FindAsync(name, cancellation).ConfigureAwait(false);
        await store.FetchAsync(tree, scratch.Path, IsOwn, null, cancellation).ConfigureAwait(false);
        FindingList findings = new();
        await SnapshotPapers.CheckAsync(scratch.Path, name, findings, cancellation).ConfigureAwait(false);
        if (findings.FailureCount == 0)
        {
            await store.JudgeAsync(scratch.Path, tree, findings, cancellation).ConfigureAwait(false);
        }

        return [.. findings.ToList().Where(finding => finding.IsFailure)];
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(IReadOnlyList<AsterisellBackup> backups, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(backups);
        HashSet<SnapshotName> names = [.. backups.Select(SnapshotName.Of)];
        IReadOnlyList<StoredTree> all = await store.ListAsync(
            (host, instance) => names.Any(name => name.Host == host && name.Instance == instance), cancellation).ConfigureAwait(false);
        await store.RemoveAsync([.. all.Where(tree => names.Contains(tree.Name))], progress, cancellation).ConfigureAwait(false);
        foreach (SnapshotName name in names)
        {
            _cache.Forget(name);
        }
    }

    /// <summary>Keeps a verdict on a snapshot of this target, for the list of this machine.</summary>
    public async Task KeepAsync(AsterisellBackup backup, StoredVerdict verdict, CancellationToken cancellation)
    {
        if (SnapshotId.TryParse(backup.SnapshotId, out SnapshotId id))
        {
            string instance = Path.GetDirectoryName(SeenAt(backup))!;
            _ = await VerdictStore.TryKeepAsync(instance, id, verdict, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps what a drill left beside a fetched copy: verdict and evidence.</summary>
    /// <param name="backup">Snapshot of this target.</param>
    /// <param name="copy">Folder of the copy.</param>
    public void KeepDrill(AsterisellBackup backup, string copy)
    {
        string from = Path.Combine(Path.GetDirectoryName(copy)!, SnapshotLayout.VerdictFolder);
        string to = Path.Combine(Path.GetDirectoryName(SeenAt(backup))!, SnapshotLayout.VerdictFolder);
        if (Directory.Exists(from))
        {
            PrivateFiles.CreateFolder(to);
            foreach (string file in Directory.GetFiles(from, $"{backup.SnapshotId}.*"))
            {
                File.Move(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
            }
        }
    }

    /// <summary>Where this machine keeps what it knows of a snapshot; verdicts lie beside it.</summary>
    public string SeenAt(AsterisellBackup backup) => _cache.FolderOf(SnapshotName.Of(backup));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => store.DisposeAsync();

    /// <summary>What says what the snapshot is; small, and always fetched.</summary>
    private static bool IsOwn(string path) => path is SnapshotLayout.Manifest or SnapshotLayout.ManifestChecksum or SnapshotLayout.Listing;

    private static bool IsSameManifest(string one, string other) =>
        File.ReadAllBytes(Path.Combine(one, SnapshotLayout.Manifest)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(other, SnapshotLayout.Manifest)));

    private async Task<StoredTree> FindAsync(SnapshotName name, CancellationToken cancellation)
    {
        IReadOnlyList<StoredTree> trees = await store.ListAsync((host, instance) => host == name.Host && instance == name.Instance, cancellation).ConfigureAwait(false);
        return trees.FirstOrDefault(tree => tree.Name == name) ?? throw TargetErrors.TargetLacksSnapshot(definition.Name, name.ToString());
    }

    private async Task<AsterisellBackup> DescribeAsync(StoredTree tree, CancellationToken cancellation)
    {
        if (!_cache.Has(tree))
        {
            await _cache.FillAsync(tree, folder => FillAsync(tree, folder, cancellation), cancellation).ConfigureAwait(false);
        }

        AsterisellBackup backup = await BackupCatalog.DescribeAsync(_cache.FolderOf(tree.Name), cancellation).ConfigureAwait(false);
        return backup with { Target = definition.Name, Path = store.AddressOf(tree.Name.Host, tree.Name.Instance, tree.Name.Id) };
    }

    /// <summary>A snapshot without a manifest is listed as damaged; the server's other failures are failures.</summary>
    private async Task FillAsync(StoredTree tree, string folder, CancellationToken cancellation)
    {
        if (tree.Key.Length > 0)
        {
            await store.FetchAsync(
                tree, folder, path => path is SnapshotLayout.Manifest or SnapshotLayout.ManifestChecksum, null, cancellation).ConfigureAwait(false);
        }
    }
}
