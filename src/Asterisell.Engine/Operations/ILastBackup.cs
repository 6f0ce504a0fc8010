using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Operations;

/// <summary>A backup that is made and proven before something is taken away. What takes away knows no more of backups than this.</summary>
public interface ILastBackup
{
    /// <summary>Makes a backup and reads every byte of it again.</summary>
    /// <returns>The backup; it passed.</returns>
    /// <exception cref="AsterisellException">There is none, or it did not pass.</exception>
    Task<AsterisellBackup> MakeAsync(IInstance instance, string destination, IOperationProgress progress, CancellationToken cancellation);
}
