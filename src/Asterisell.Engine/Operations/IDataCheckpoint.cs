using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Operations;

/// <summary>The data of an instance at one moment, to go back to. What changes an instance knows no more of backups than this.</summary>
public interface IDataCheckpoint : ILastBackup
{
    /// <summary>Brings the database of the backup back; all of it, or nothing is changed. Upgrade jobs that it is older than are not applied.</summary>
    /// <param name="instance">A running instance.</param>
    /// <param name="path">Folder of the backup, as <see cref="ILastBackup.MakeAsync"/> told it.</param>
    /// <param name="safetyDestination">Folder for a backup of the present data before they go; null for none.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellation">Ends it; the present data stay.</param>
    /// <exception cref="AsterisellException">The present data stay.</exception>
    Task RestoreAsync(IInstance instance, string path, string? safetyDestination, IOperationProgress progress, CancellationToken cancellation);
}
