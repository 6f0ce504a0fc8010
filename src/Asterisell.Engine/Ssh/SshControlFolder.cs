using System.Collections.Concurrent;

namespace Asterisell.Engine.Ssh;

/// <summary>Private folders for the control sockets of our connections, with paths short enough for sockets.</summary>
/// <remarks>One a connection: its script takes the folder away at its end, which must not be under another connection's feet.</remarks>
internal sealed class SshControlFolder : IDisposable
{
    // OpenSSH first binds a name 17 characters longer; the shortest limit of a socket's path is macOS's 104.
    private const int LongestFolder = 104 - 17 - 12;
    private readonly ConcurrentBag<string> _folders = [];

    /// <summary>A path in a new folder, which is ours and 0700: who can open a control socket can use the connection.</summary>
    internal string NextSocket()
    {
        string folder = Directory.CreateTempSubdirectory("asl-").FullName;
        if (folder.Length > LongestFolder && !OperatingSystem.IsWindows())
        {
            Directory.Delete(folder);
            folder = $"/tmp/asl-{Path.GetRandomFileName()}";
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _folders.Add(folder);
        return $"{folder}/c";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (string folder in _folders)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException)
            {
                // The connection took it away already.
            }
        }
    }
}
