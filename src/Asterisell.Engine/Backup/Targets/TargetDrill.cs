using Asterisell.Engine.Backup.Restore;
using Asterisell.Engine.Backup.Restore.Drill;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Targets;

/// <summary>Restores backups in drills wherever they lie: what is elsewhere is fetched first, and goes again.</summary>
/// <param name="drill">What restores a folder of this machine.</param>
public sealed class TargetDrill(RestoreDrill drill)
{
    /// <summary>Tests one backup. Verdict and evidence stay beside it in a folder of this machine, else with what this machine knows of the target.</summary>
    /// <param name="place">Where it lies.</param>
    /// <param name="backup">One that this place listed.</param>
    /// <param name="options">Where it is restored.</param>
    /// <param name="progress">Told what is being done; null for nobody.</param>
    /// <param name="cancellation">Ends it; no verdict is kept.</param>
    /// <exception cref="AsterisellException">The drill could not be done, which says nothing of the backup.</exception>
    public async Task<BackupVerdict> TestAsync(
        IBackupTarget place, AsterisellBackup backup, DrillOptions options, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(backup);
        FetchedSnapshot fetched = await FetchedSnapshot.OpenAsync(backup, place, progress, cancellation).ConfigureAwait(false);
        await using (fetched.ConfigureAwait(false))
        {
            BackupVerdict verdict = await drill.TestAsync(fetched.Backup, options, progress, cancellation).ConfigureAwait(false);
            (place as RemoteTarget)?.KeepDrill(backup, fetched.Backup.Path);
            return verdict with { Path = backup.Path, Target = backup.Target };
        }
    }

    /// <summary>When a backup of an instance was last restored in a drill, passed or not (UTC), as far as this machine knows; null where none ever was.</summary>
    /// <param name="place">Where the backup lies.</param>
    /// <param name="backup">Any backup of that instance there.</param>
    public static DateTimeOffset? FindLast(IBackupTarget place, AsterisellBackup backup) =>
        DrillStore.FindLast(place is RemoteTarget remote ? backup with { Path = remote.SeenAt(backup) } : backup);
}
