using System.Runtime.CompilerServices;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Targets;

/// <summary>A folder of this machine.</summary>
internal sealed class FolderTarget(BackupTarget? definition, string folder) : IBackupTarget
{
    /// <inheritdoc/>
    public BackupTarget? Definition => definition;

    /// <inheritdoc/>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public async IAsyncEnumerable<AsterisellBackup> ListAsync(
        Func<string, string, bool> isWanted, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (definition is not null && !Directory.Exists(Folder))
        {
            yield break; // nothing was ever stored there
        }

        await foreach (AsterisellBackup backup in BackupCatalog.ListAsync(Folder, isWanted, cancellation).ConfigureAwait(false))
        {
            yield return backup with { Target = definition?.Name };
        }
    }

    /// <inheritdoc/>
    public async Task<AsterisellBackup> StoreAsync(AsterisellBackup local, IOperationProgress? progress, CancellationToken cancellation)
    {
        string path = await new SnapshotCopy(local, Folder).MakeAsync(progress, cancellation).ConfigureAwait(false);
        return await BackupCatalog.DescribeAsync(path, cancellation).ConfigureAwait(false) with { Target = definition?.Name };
    }

    /// <inheritdoc/>
    public async Task<AsterisellBackup> FetchAsync(
        AsterisellBackup backup, string folder, Func<string, bool>? wanted, IOperationProgress? progress, CancellationToken cancellation) =>
        await BackupCatalog.DescribeAsync(backup.Path, cancellation).ConfigureAwait(false) with { Target = definition?.Name };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BackupFinding>> CheckAsync(AsterisellBackup backup, CancellationToken cancellation)
    {
        BackupVerdict verdict = await new BackupVerifier(TimeProvider.System)
            .TestAsync(backup, BackupTestLevel.Manifest, null, cancellation).ConfigureAwait(false);
        return [.. verdict.Findings.Where(finding => finding.IsFailure)];
    }

    /// <inheritdoc/>
    public Task RemoveAsync(IReadOnlyList<AsterisellBackup> backups, IOperationProgress? progress, CancellationToken cancellation) => Task.Run(
        () =>
        {
            foreach (AsterisellBackup backup in backups)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report($"removing {backup.SnapshotId}");
                SnapshotRemoval.Remove(backup.Path, backup.ToString(), cancellation);
            }
        },
        cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
