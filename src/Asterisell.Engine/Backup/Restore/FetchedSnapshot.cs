using Asterisell.Engine.Backup.Targets;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Restore;

/// <summary>A snapshot as a folder of this machine: the very one, or a copy of one that lies elsewhere, which goes with this object.</summary>
public sealed class FetchedSnapshot : IAsyncDisposable
{
    private readonly string? _folder;

    private FetchedSnapshot(AsterisellBackup backup, string? folder) => (Backup, _folder) = (backup, folder);

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

        string folder = Path.Combine(StateFolder.Root, "fetched", Guid.NewGuid().ToString("N"));
        Storage.PrivateFiles.CreateFolder(folder);
        try
        {
            return new FetchedSnapshot(await place.FetchAsync(backup, folder, null, progress, cancellation).ConfigureAwait(false), folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }

        return ValueTask.CompletedTask;
    }
}
