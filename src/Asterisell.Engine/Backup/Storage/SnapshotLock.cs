using System.Text.Json;

namespace Asterisell.Engine.Backup.Storage;

/// <summary>
/// One run at a time in the folder of an instance. The system drops the lock when its process dies, however it dies, so there is nothing
/// stale to break.
/// </summary>
/// <remarks>
/// A file system without file locks (some network ones) gives every run the lock; a destination there must be used from one machine, one run
/// at a time.
/// </remarks>
internal sealed class SnapshotLock : IDisposable
{
    private readonly FileStream _file;
    private readonly string _ownerPath;

    private SnapshotLock(FileStream file, string ownerPath)
    {
        _file = file;
        _ownerPath = ownerPath;
    }

    /// <summary>Takes the lock of a folder that exists.</summary>
    /// <exception cref="AsterisellException"><c>BackupAlreadyRunning</c>, with who runs it.</exception>
    public static SnapshotLock Take(string folder, string target, DateTimeOffset now)
    {
        string ownerPath = Path.Combine(folder, SnapshotLayout.LockOwnerFile);
        FileStream file;
        try
        {
            file = PrivateFiles.Create(Path.Combine(folder, SnapshotLayout.LockFile), FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException busy) when (IsSharingViolation(busy))
        {
            throw BackupErrors.BackupAlreadyRunning(target, folder, ReadOwner(ownerPath));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw BackupErrors.ForTarget(target, folder, failure);
        }

        SnapshotLock taken = new(file, ownerPath);
        try
        {
            File.WriteAllBytes(ownerPath, JsonSerializer.SerializeToUtf8Bytes(LockOwner.Current(now), BackupJson.Default.LockOwner));
            return taken;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            taken.Dispose();
            throw BackupErrors.ForTarget(target, folder, failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            File.Delete(_ownerPath);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Only a hint for other runs; the next owner overwrites it.
        }

        _file.Dispose();
    }

    private static LockOwner? ReadOwner(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), BackupJson.Default.LockOwner);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>EWOULDBLOCK of Linux and macOS, ERROR_SHARING_VIOLATION of Windows.</summary>
    internal static bool IsSharingViolation(IOException failure) =>
        failure.HResult is 11 or 35 or unchecked((int)0x80070020);
}

/// <summary>Who holds the lock on an instance's backups.</summary>
/// <param name="User">Account.</param>
/// <param name="Machine">Machine it runs on.</param>
/// <param name="ProcessId">Process there.</param>
/// <param name="Since">UTC.</param>
internal sealed record LockOwner(string User, string Machine, int ProcessId, DateTimeOffset Since)
{
    public static LockOwner Current(DateTimeOffset now) =>
        new(Environment.UserName, Environment.MachineName, Environment.ProcessId, now.ToUniversalTime());
}
