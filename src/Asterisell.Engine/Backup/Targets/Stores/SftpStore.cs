using System.Text;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Targets.Sftp;
using Asterisell.Engine.Backup.Verification;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Targets.Stores;

/// <summary>A folder of a server that is reached by SFTP: the same folders as in one of this machine.</summary>
/// <remarks>Nothing has to be installed there, and a login that may do nothing but SFTP is enough.</remarks>
internal sealed class SftpStore(TargetSsh ssh) : ITreeStore
{
    private readonly SemaphoreSlim _opening = new(1);
    private SftpSession? _session;

    /// <summary>Folder on the server.</summary>
    public string Root => ssh.Address.Folder;

    /// <inheritdoc/>
    public string AddressOf(string host, string instance, string? id) => ssh.Address.At($"{host}/{instance}{(id is null ? "" : "/" + id)}");

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredTree>> ListAsync(Func<string, string, bool> isWanted, CancellationToken cancellation) => TryAsync(
        async client =>
        {
            List<SnapshotName> names = [];
            foreach (string host in await FoldersAsync(client, Root, cancellation).ConfigureAwait(false))
            {
                foreach (string instance in await FoldersAsync(client, $"{Root}/{host}", cancellation).ConfigureAwait(false))
                {
                    if (isWanted(host, instance))
                    {
                        IReadOnlyList<SftpEntry> found = await client.ListAsync($"{Root}/{host}/{instance}", cancellation).ConfigureAwait(false);
                        names.AddRange(found.Where(IsSnapshot).Select(entry => new SnapshotName(host, instance, entry.Name)));
                    }
                }
            }

            StoredTree[] trees = new StoredTree[names.Count];
            await SftpTree.ForEachAsync(
                Enumerable.Range(0, names.Count),
                async (i, token) => trees[i] = new StoredTree(names[i], await KeyAsync(client, names[i], token).ConfigureAwait(false)),
                cancellation).ConfigureAwait(false);
            return (IReadOnlyList<StoredTree>)trees;
        },
        cancellation);

    /// <inheritdoc/>
    public Task<StoredTree> StoreAsync(string folder, SnapshotName name, IOperationProgress? progress, CancellationToken cancellation) => TryAsync(
        async client =>
        {
            await new SftpSnapshotWriter(client, ssh.Address.Server.Name, Root, folder, name).WriteAsync(progress, cancellation).ConfigureAwait(false);
            return new StoredTree(name, await KeyAsync(client, name, cancellation).ConfigureAwait(false));
        },
        cancellation);

    /// <inheritdoc/>
    public Task FetchAsync(
        StoredTree tree, string folder, Func<string, bool>? wanted, IOperationProgress? progress, CancellationToken cancellation) => TryAsync(
        async client =>
        {
            string remote = PathOf(tree.Name);
            foreach (string own in new[] { SnapshotLayout.Manifest, SnapshotLayout.ManifestChecksum, SnapshotLayout.Listing })
            {
                if (wanted is null || wanted(own))
                {
                    _ = await SftpTransfer.DownloadAsync(client, $"{remote}/{own}", Path.Combine(folder, own), null, cancellation).ConfigureAwait(false);
                }
            }

            if (File.Exists(Path.Combine(folder, SnapshotLayout.Listing)))
            {
                await new SftpSnapshotReader(client, remote, folder).ReadAsync(wanted, progress, cancellation).ConfigureAwait(false);
            }

            return 0;
        },
        cancellation);

    /// <inheritdoc/>
    public Task JudgeAsync(string folder, StoredTree tree, FindingList findings, CancellationToken cancellation) => TryAsync(
        async client =>
        {
            CopyCheck check = new();
            await new SftpTree(client).WalkAsync(PathOf(tree.Name), (path, entry) => check.Add(path, entry.IsFile ? entry.Size : -1), cancellation).ConfigureAwait(false);
            await check.CompareAsync(folder, findings, cancellation).ConfigureAwait(false);
            return 0;
        },
        cancellation);

    /// <inheritdoc/>
    public Task RemoveAsync(IReadOnlyList<StoredTree> trees, IOperationProgress? progress, CancellationToken cancellation) => TryAsync(
        async client =>
        {
            foreach (SnapshotName name in trees.Select(tree => tree.Name))
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report($"removing {name.Id}");
                string hidden = $"{Root}/{name.Host}/{name.Instance}/{SnapshotLayout.RemovingPrefix}{name.Id}";
                await client.RenameAsync(PathOf(name), hidden, cancellation).ConfigureAwait(false);
                await new SftpTree(client).RemoveAsync(hidden, cancellation).ConfigureAwait(false);
            }

            return 0;
        },
        cancellation);

    /// <inheritdoc/>
    public Task RemoveProbeAsync(StoredTree tree, CancellationToken cancellation) => TryAsync(
        async client =>
        {
            await new SftpTree(client).RemoveAsync($"{Root}/{tree.Name.Host}", cancellation).ConfigureAwait(false);
            return 0;
        },
        cancellation);

    /// <summary>Does something with the server; what fails is told as an operator can use it.</summary>
    public async Task<T> TryAsync<T>(Func<SftpClient, Task<T>> body, CancellationToken cancellation)
    {
        try
        {
            return await body(await ClientAsync(cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw await ExplainAsync(failure, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_session is { } session)
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }

        _opening.Dispose();
        ssh.Dispose();
    }

    private static bool IsSnapshot(SftpEntry entry) => entry.IsFolder && SnapshotId.TryParse(entry.Name, out _);

    private static async Task<IEnumerable<string>> FoldersAsync(SftpClient client, string folder, CancellationToken cancellation) =>
        (await client.ListAsync(folder, cancellation).ConfigureAwait(false))
            .Where(entry => entry.IsFolder && SnapshotPath.IsSafeFolderName(entry.Name)).Select(entry => entry.Name).Order(StringComparer.Ordinal);

    private string PathOf(SnapshotName name) => $"{Root}/{name.Host}/{name.Instance}/{name.Id}";

    private async Task<string> KeyAsync(SftpClient client, SnapshotName name, CancellationToken cancellation)
    {
        try
        {
            byte[] checksum = await SftpTransfer.ReadSmallAsync(client, $"{PathOf(name)}/{SnapshotLayout.ManifestChecksum}", 4096, cancellation).ConfigureAwait(false);
            return Encoding.ASCII.GetString(checksum).Trim();
        }
        catch (Exception missing) when (missing is SftpException or InvalidDataException)
        {
            return string.Empty;
        }
    }

    private async Task<SftpClient> ClientAsync(CancellationToken cancellation)
    {
        await _opening.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            _session ??= await SftpSession.OpenAsync(ssh, cancellation).ConfigureAwait(false);
            return _session.Client;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>SFTP has no word for a full disk: the free space is asked for.</summary>
    private async Task<AsterisellException> ExplainAsync(Exception failure, CancellationToken cancellation)
    {
        const long Nothing = 64 * 1024;
        string target = ssh.Address.Server.Name;
        switch (failure)
        {
            case SftpException { Status: SftpStatus.PermissionDenied } denied:
                return TargetErrors.TargetDenied(target, denied.Path, denied);
            case SftpException said:
                try
                {
                    long? free = await _session!.Client.FindFreeAsync(Root, cancellation).ConfigureAwait(false);
                    return free < Nothing ? TargetErrors.TargetFull(target, Root, said) : TargetErrors.TargetFailed(target, said);
                }
                catch (IOException)
                {
                    return TargetErrors.TargetFailed(target, said);
                }

            case UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException or InvalidDataException:
                return TargetErrors.TargetFailed(target, failure);
            default:
                return TargetErrors.TargetConnectionLost(target, ssh.Address.Login.ToString(), failure);
        }
    }
}
