using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Targets;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Restore;

/// <summary>A snapshot as a folder of this machine: the very one, or a copy of one that lies elsewhere, in the target's staging folder, which goes with this object.</summary>
public sealed class FetchedSnapshot : IAsyncDisposable
{
    private readonly WorkFolder? _folder;

    private FetchedSnapshot(AsterisellBackup backup, WorkFolder? folder) => (Backup, _folder) = (backup, folder);

    /// <summary>The snapshot; its path is a folder of this machine.</summary>
    public AsterisellBackup Backup { get; }

    /// <summary>Brings a snapshot here, where it is not.</summary>
    /// <param name="backup">Snapshot as its place lists it.</param>
    /// <param name="place">Where it lies; null for a folder of this machine.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellation">Ends it; nothing is left then.</param>
    public static async Task<FetchedSnapshot> OpenAsync(
        AsterisellBackup backup, IBackupTarget? place, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(backup);
        if (place is null or { Folder: not null })
        {
            return new FetchedSnapshot(backup, null);
        }

        WorkFolder folder = WorkFolder.Create(place.Definition is { } target ? StateFolder.StagingOf(target) : StateFolder.Root, backup.ToString());
        try
        {
            return new FetchedSnapshot(await place.FetchAsync(backup, folder.Path, null, progress, cancellation).ConfigureAwait(false), folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder?.Dispose();
        return ValueTask.CompletedTask;
    }
}
