namespace Asterisell.Engine.Backup.Storage;

/// <summary><c>DEST/HOST/INSTANCE/</c>: where the snapshots of one instance are.</summary>
internal sealed class InstanceFolder
{
    private InstanceFolder(string path, AsterisellInstance instance)
    {
        Path = path;
        Target = instance.ToString();
        (HostName, Name) = (instance.HostName, instance.Name);
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>The instance as messages name it.</summary>
    public string Target { get; }

    /// <summary>Host of the instance.</summary>
    public string HostName { get; }

    /// <summary>Name of the instance.</summary>
    public string Name { get; }

    /// <summary>The folder of an instance, created where it is missing.</summary>
    public static InstanceFolder Open(string destination, AsterisellInstance instance)
    {
        string target = instance.ToString();
        foreach (string name in new[] { instance.HostName, instance.Name })
        {
            if (!SnapshotPath.IsSafeFolderName(name))
            {
                throw BackupErrors.BackupNameUnsafe(target, name);
            }
        }

        string path = System.IO.Path.Combine(System.IO.Path.GetFullPath(destination), instance.HostName, instance.Name);
        try
        {
            PrivateFiles.CreateFolder(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw BackupErrors.ForTarget(target, path, failure);
        }

        return new InstanceFolder(path, instance);
    }

    /// <summary>What killed runs left, the newest first. Only under the lock: then every partial snapshot is a dead one.</summary>
    public IReadOnlyList<string> FindPartialSnapshots() =>
        [.. Directory.GetDirectories(Path, SnapshotLayout.PartialPrefix + "*").OrderDescending(StringComparer.Ordinal)];

    /// <summary>Takes away what killed runs left; what stays for now stays hidden, and the next run tries again.</summary>
    /// <param name="partials">Their folders.</param>
    public static void Remove(IEnumerable<string> partials)
    {
        foreach (string folder in partials)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // See above: a backup that is whole by now does not fail because of it.
            }
        }
    }

    /// <summary>An id for now that no snapshot has, and that moment (UTC): a second one within the same second waits for the next.</summary>
    public async Task<(SnapshotId Id, DateTimeOffset Begin)> ReserveIdAsync(TimeProvider clock, CancellationToken cancellation)
    {
        while (true)
        {
            DateTimeOffset now = clock.GetUtcNow();
            SnapshotId id = SnapshotId.From(now);
            if (!System.IO.Path.Exists(System.IO.Path.Combine(Path, id.ToString())))
            {
                return (id, now);
            }

            await Task.Delay(id.Time.AddSeconds(1) - now, clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>All visible snapshots, whole or not, in no order.</summary>
    public IEnumerable<SnapshotId> FindSnapshots()
    {
        foreach (string folder in Directory.EnumerateDirectories(Path))
        {
            if (SnapshotId.TryParse(System.IO.Path.GetFileName(folder), out SnapshotId id))
            {
                yield return id;
            }
        }
    }
}
