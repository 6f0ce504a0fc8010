using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Targets.Sftp;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Targets.Stores;

/// <summary>Fetches the files that a listing names; the server has no say in where they go.</summary>
internal sealed class SftpSnapshotReader(SftpClient client, string remote, string folder)
{
    private long _received;

    /// <summary>Fetches them; one that the server does not have is left out, and missed by the test.</summary>
    public async Task ReadAsync(Func<string, bool>? wanted, IOperationProgress? progress, CancellationToken cancellation)
    {
        long total = 0;
        await foreach (SnapshotEntry entry in CopyCheck.ReadAsync(folder, cancellation).ConfigureAwait(false))
        {
            total += IsWanted(entry) ? entry.Size : 0;
            if (entry.Kind == SnapshotEntryKind.Directory)
            {
                PrivateFiles.CreateFolder(SnapshotPath.Combine(folder, entry.Path));
            }
        }

        await SftpTree.ForEachAsync(CopyCheck.ReadAsync(folder, cancellation), FetchAsync, cancellation).ConfigureAwait(false);

        bool IsWanted(SnapshotEntry entry) => entry.Kind == SnapshotEntryKind.File && (wanted is null || wanted(entry.Path));

        async Task FetchAsync(SnapshotEntry entry, CancellationToken token)
        {
            if (!IsWanted(entry))
            {
                return;
            }

            string local = SnapshotPath.Combine(folder, entry.Path);
            PrivateFiles.CreateFolder(Path.GetDirectoryName(local)!);
            _ = await SftpTransfer.DownloadAsync(client, $"{remote}/{entry.Path}", local, Received, token).ConfigureAwait(false);
        }

        void Received(int bytes)
        {
            long received = Interlocked.Add(ref _received, bytes);
            progress?.Report("fetching the snapshot", (int)Math.Min(99, received * 100 / Math.Max(1, total)));
        }
    }
}
