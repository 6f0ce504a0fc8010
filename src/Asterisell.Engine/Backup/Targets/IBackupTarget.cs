using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Targets;

/// <summary>A place of the inventory that keeps snapshots. Whatever keeps them, a snapshot is the same: folders, manifest, listing.</summary>
public interface IBackupTarget : IAsyncDisposable
{
    /// <summary>What the inventory says of it; null for a folder that the operator named.</summary>
    BackupTarget? Definition { get; }

    /// <summary>The folder of this machine that holds <c>HOST/INSTANCE/SNAPSHOT</c>; null where the snapshots are elsewhere.</summary>
    string? Folder { get; }

    /// <summary>Every whole snapshot, by host, instance and time. Manifests that were read before are not read again.</summary>
    /// <param name="isWanted">Told host and instance; false leaves that instance out.</param>
    /// <param name="cancellation">Ends the listing.</param>
    IAsyncEnumerable<AsterisellBackup> ListAsync(Func<string, string, bool> isWanted, CancellationToken cancellation);

    /// <summary>Brings a snapshot of a local folder here. It is judged by what has arrived, and shows only then.</summary>
    /// <param name="local">A snapshot of this machine that was proven.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellation">Ends it; what has arrived is not sent again by the next run.</param>
    /// <returns>The snapshot as this target lists it.</returns>
    Task<AsterisellBackup> StoreAsync(AsterisellBackup local, IOperationProgress? progress, CancellationToken cancellation);

    /// <summary>
    /// A snapshot as a folder of this machine: the very one where it is such a folder, else a copy <c>FOLDER/HOST/INSTANCE/SNAPSHOT</c>, which
    /// is the caller's to remove.
    /// </summary>
    /// <param name="backup">One that this target listed.</param>
    /// <param name="folder">Where a copy may be made, and nowhere else.</param>
    /// <param name="wanted">
    /// Told relative paths as <c>files.jsonl</c> has them; false leaves that file out. Manifest, its checksum and listing always come. Null for
    /// the whole snapshot. More than wanted may come.
    /// </param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<AsterisellBackup> FetchAsync(
        AsterisellBackup backup, string folder, Func<string, bool>? wanted, IOperationProgress? progress, CancellationToken cancellation);

    /// <summary>Judges a snapshot without fetching its content: what its listing says against what is there. Empty where nothing is wrong.</summary>
    /// <param name="backup">One that this target listed.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<IReadOnlyList<BackupFinding>> CheckAsync(AsterisellBackup backup, CancellationToken cancellation);

    /// <summary>Removes snapshots. Those that stay are never touched.</summary>
    /// <param name="backups">Snapshots that this target listed; for rdiff-backup the oldest ones of each instance, without a gap.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellation">Ends it between two snapshots.</param>
    /// <exception cref="AsterisellException"><c>TargetRemovesOldestOnly</c>: this target cannot remove exactly these.</exception>
    Task RemoveAsync(IReadOnlyList<AsterisellBackup> backups, IOperationProgress? progress, CancellationToken cancellation);
}
