using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Asterisell.Engine.Backup.Storage;

/// <summary>Forces what was written onto the disk, folders included: a rename survives a power cut only when its folder was flushed.</summary>
internal static class DurableStorage
{
    private const int ReadOnly = 0;

    /// <summary>Flushes the names in a folder. Windows offers no such call; NTFS journals names by itself.</summary>
    public static void FlushFolder(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            OnDescriptor(folder, static descriptor => FlushDescriptor(descriptor));
        }
    }

    /// <summary>
    /// Flushes everything below a folder. On Linux in one call for the whole file system (files written one by one would cost one journal
    /// commit each); elsewhere file by file.
    /// </summary>
    public static void FlushTree(string folder)
    {
        if (OperatingSystem.IsLinux() && SyncReportsErrors)
        {
            OnDescriptor(folder, static descriptor => SyncFileSystem(descriptor));
            return;
        }

        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            stream.Flush(flushToDisk: true);
        }

        foreach (string directory in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories))
        {
            FlushFolder(directory);
        }

        FlushFolder(folder);
    }

    /// <summary>Before Linux 5.8 syncfs kept quiet about data that could not be written.</summary>
    private static bool SyncReportsErrors => Environment.OSVersion.Version >= new Version(5, 8);

    private static void OnDescriptor(string folder, Func<int, int> call)
    {
        int descriptor = Open(Encoding.UTF8.GetBytes(folder + '\0'), ReadOnly);
        if (descriptor < 0)
        {
            throw Failure(folder);
        }

        try
        {
            if (call(descriptor) != 0)
            {
                throw Failure(folder);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failure(string folder)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"{new Win32Exception(error).Message} : '{folder}'", error);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FlushDescriptor(int descriptor);

    [DllImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SyncFileSystem(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
