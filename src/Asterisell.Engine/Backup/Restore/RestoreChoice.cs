using Asterisell.Engine.Backup.Targets;

namespace Asterisell.Engine.Backup.Restore;

/// <summary>Chooses the backup to be restored where only an instance and a time are said.</summary>
public static class RestoreChoice
{
    /// <summary>The newest complete backup that is not younger than a time.</summary>
    /// <param name="target">Instance that is restored into, as messages name it.</param>
    /// <param name="places">Where to look; the first of two that have the same snapshot is taken.</param>
    /// <param name="source">Instance of the backup: <c>name</c> or <c>host/name</c>, without wildcards.</param>
    /// <param name="at">Latest begin of the backup; null for the newest.</param>
    /// <param name="cancellation">Ends the listing.</param>
    /// <exception cref="AsterisellException"><c>RestoreBackupNotFound</c>; <c>RestoreSourceAmbiguous</c> where two hosts have backups of that name.</exception>
    public static async Task<AsterisellBackup> FindAsync(
        string target, IReadOnlyList<IBackupTarget> places, string source, DateTimeOffset? at, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(places);
        Dictionary<string, AsterisellBackup> newest = [];
        foreach (IBackupTarget place in places)
        {
            await foreach (AsterisellBackup backup in place.ListAsync(BackupCatalog.Wanted([source], []), cancellation).ConfigureAwait(false))
            {
                string name = $"{backup.HostName}/{backup.Name}";
                if (backup.State == BackupState.Complete && (at is null || backup.CreatedAt <= at)
                    && (!newest.TryGetValue(name, out AsterisellBackup? known) || string.CompareOrdinal(known.SnapshotId, backup.SnapshotId) < 0))
                {
                    newest[name] = backup;
                }
            }
        }

        return newest.Count switch
        {
            0 => throw RestoreErrors.RestoreBackupNotFound(target, source, string.Join("', '", places.Select(place => place.Definition?.Name ?? place.Folder)), at),
            1 => newest.Values.Single(),
            _ => throw Ambiguous(target, newest.Values.Select(backup => backup.ToString())),
        };
    }

    /// <summary>The failure that more than one backup was given for one instance, or none.</summary>
    public static AsterisellException Ambiguous(string target, IEnumerable<string> sources) => RestoreErrors.RestoreSourceAmbiguous(target, [.. sources]);

    /// <summary>The failure that nobody said which tables.</summary>
    public static AsterisellException TableUnnamed() => RestoreErrors.RestoreTableUnnamed("-Include");
}
