namespace Asterisell.Engine.Backup.Storage;

/// <summary><c>DEST/HOST/INSTANCE/</c>: where the snapshots of one instance are.</summary>
internal sealed class InstanceFolder
{
    private InstanceFolder(string path, string target)
    {
        Path = path;
        Target = target;
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>The instance as messages name it.</summary>
    public string Target { get; }

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

        return new InstanceFolder(path, target);
    }

    /// <summary>Takes away what killed runs left. Only under the lock: then every partial snapshot is a dead one.</summary>
    /// <returns>Names of what was removed.</returns>
    public IReadOnlyList<string> RemovePartialSnapshots()
    {
        try
        {
            string[] dead = Directory.GetDirectories(Path, SnapshotLayout.PartialPrefix + "*");
            foreach (string folder in dead)
            {
                Directory.Delete(folder, recursive: true);
            }

            return [.. dead.Select(folder => System.IO.Path.GetFileName(folder))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw BackupErrors.ForTarget(Target, Path, failure);
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

    /// <summary>The newest snapshot; null when there is none.</summary>
    public SnapshotId? FindNewest()
    {
        SnapshotId? newest = null;
        foreach (string folder in Directory.EnumerateDirectories(Path))
        {
            if (SnapshotId.TryParse(System.IO.Path.GetFileName(folder), out SnapshotId id) && (newest is null || id > newest))
            {
                newest = id;
            }
        }

        return newest;
    }
}
