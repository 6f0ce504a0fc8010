namespace Asterisell.Engine.Backup.Storage;

/// <summary>
/// A hidden folder, for the owner alone, in which a snapshot is made or unpacked for a moment. It goes when it is disposed of; one of a killed run
/// goes when the next is made beside it.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private const string Prefix = ".asterisell-work-";

    private readonly FileStream _lock;

    private WorkFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>Makes one.</summary>
    /// <param name="parent">Folder; made where it is missing.</param>
    /// <param name="target">What the work is for, as messages name it.</param>
    public static WorkFolder Create(string parent, string target)
    {
        string path = System.IO.Path.Combine(parent, Prefix + Guid.NewGuid().ToString("N"));
        try
        {
            PrivateFiles.CreateFolder(parent);
            foreach (string dead in Directory.GetFiles(parent, Prefix + "*.lock"))
            {
                RemoveIfDead(dead);
            }

            FileStream held = PrivateFiles.Create(path + ".lock", FileMode.CreateNew, FileShare.None);
            PrivateFiles.CreateFolder(path);
            return new WorkFolder(path, held);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw BackupErrors.ForTarget(target, path, failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
            _lock.Dispose();
            File.Delete(Path + ".lock");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Stays hidden; the next one made here removes it.
            _lock.Dispose();
        }
    }

    private static void RemoveIfDead(string file)
    {
        try
        {
            using (PrivateFiles.Create(file, FileMode.OpenOrCreate, FileShare.None))
            {
                string folder = file[..^".lock".Length];
                if (Directory.Exists(folder))
                {
                    Directory.Delete(folder, recursive: true);
                }

                File.Delete(file);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Its run lives, or somebody else removes it.
        }
    }
}
