namespace Asterisell.Engine.Ssh;

/// <summary>A private folder for the control sockets of our connections, with a path short enough for sockets.</summary>
internal sealed class SshControlFolder : IDisposable
{
    // OpenSSH first binds a name 17 characters longer; the shortest limit of a socket's path is macOS's 104.
    private const int LongestFolder = 104 - 17 - 12;
    private int _count;

    internal SshControlFolder()
    {
        // New, ours and 0700: who can open a control socket can use the connection.
        Folder = Directory.CreateTempSubdirectory("asl-").FullName;
        if (Folder.Length > LongestFolder && !OperatingSystem.IsWindows())
        {
            Directory.Delete(Folder);
            Folder = $"/tmp/asl-{Path.GetRandomFileName()}";
            Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    internal string Folder { get; }

    /// <summary>A path that was not given before.</summary>
    internal string NextSocket() => $"{Folder}/{Interlocked.Increment(ref _count)}";

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // The last connection took it away already.
        }
    }
}
