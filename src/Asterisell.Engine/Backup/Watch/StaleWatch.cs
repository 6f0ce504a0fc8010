using System.Runtime.CompilerServices;
using Asterisell.Engine.Backup.Repository;
using Asterisell.Engine.Backup.Targets;

namespace Asterisell.Engine.Backup.Watch;

/// <summary>Looks whether instances have the backups that they should have, in the places alone: every Docker host may be dead.</summary>
public sealed class StaleWatch(StaleLimits limits, TimeProvider clock)
{
    /// <summary>What is wrong in one place with the backups of some instances; nothing where all is well. The place is listed once.</summary>
    /// <param name="place">A place that should have backups of each of them.</param>
    /// <param name="instances">Instances of the inventory.</param>
    /// <param name="cancellation">Ends the look.</param>
    public async IAsyncEnumerable<StaleBackup> LookAsync(
        IBackupTarget place, IReadOnlyList<AsterisellInstance> instances, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(instances);
        Dictionary<(string Host, string Name), List<AsterisellBackup>> found =
            instances.ToDictionary(instance => (instance.HostName, instance.Name), _ => new List<AsterisellBackup>());
        Func<StaleCheck, StaleBackup>? instead = await ListAsync(place, found, cancellation).ConfigureAwait(false);
        foreach (AsterisellInstance instance in instances)
        {
            StaleCheck check = new(instance.HostName, instance.Name, place, limits, clock.GetUtcNow());
            foreach (StaleBackup one in instead is null ? check.Judge(found[(instance.HostName, instance.Name)]) : [instead(check)])
            {
                yield return one;
            }
        }
    }

    /// <summary>What is wrong with the backups of the management directory; one good series in any of the places is enough.</summary>
    /// <param name="places">Where they may be.</param>
    /// <param name="inventory">Inventory whose directory is meant.</param>
    /// <param name="cancellation">Ends the look.</param>
    public async Task<IReadOnlyList<StaleBackup>> LookForRepositoryAsync(
        IReadOnlyList<IBackupTarget> places, AsterisellInventory inventory, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(places);
        string name = RepositoryLayout.NameOf(inventory);
        IReadOnlyList<StaleBackup> least =
            [new StaleCheck(RepositoryLayout.HostName, name, null, limits, clock.GetUtcNow()).NoBackup("there is no place where one could be")];
        foreach ((IBackupTarget place, int index) in places.Select((place, index) => (place, index)))
        {
            List<StaleBackup> found = [];
            await foreach (StaleBackup one in LookAsync(place, [RepositoryLayout.AsInstance(name)], cancellation).ConfigureAwait(false))
            {
                found.Add(one);
            }

            bool isBetter = index == 0 || least.Any(one => one.Reason == StaleReason.NoBackup) || found.Count < least.Count;
            least = isBetter ? found : least;
            if (least.Count == 0)
            {
                break;
            }
        }

        return least;
    }

    /// <summary>That an instance has no place for backups.</summary>
    public StaleBackup WithoutPlace(AsterisellInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new StaleCheck(instance.HostName, instance.Name, null, limits, clock.GetUtcNow()).NoBackup("the inventory gives it no target for backups");
    }

    /// <summary>A place that is not there, or can't be asked, is no failure but the answer for each instance.</summary>
    private static async Task<Func<StaleCheck, StaleBackup>?> ListAsync(
        IBackupTarget place, Dictionary<(string Host, string Name), List<AsterisellBackup>> found, CancellationToken cancellation)
    {
        if (place.Folder is { } folder && !Directory.Exists(folder))
        {
            return check => check.NoBackup($"there is no folder '{folder}'");
        }

        try
        {
            await foreach (AsterisellBackup backup in place.ListAsync((host, name) => found.ContainsKey((host, name)), cancellation).ConfigureAwait(false))
            {
                found[(backup.HostName, backup.Name)].Add(backup);
            }

            return null;
        }
        catch (Exception failure) when (failure is AsterisellException or IOException or UnauthorizedAccessException && !cancellation.IsCancellationRequested)
        {
            string why = (failure is AsterisellException known ? known.Reason : failure.Message).TrimEnd('.');
            return check => check.Unreadable($"the place can't be read: {why}");
        }
    }
}
