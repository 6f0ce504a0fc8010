using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Asterisell.Engine.Backup.Storage;

/// <summary>
/// Gives files of an earlier snapshot a second name in a new one: link(2). Where the file system has no links, or this file has all the links
/// it can have, the file is copied (as a clone where the file system can do that).
/// </summary>
/// <remarks>Paths are bytes and go as they are to the system: for a hundred thousand files their strings would cost more than the links.</remarks>
internal sealed partial class SharedTree
{
    private const int LongestPath = 4096;

    private readonly byte[] _from = new byte[LongestPath];
    private readonly byte[] _to = new byte[LongestPath];
    private readonly int _fromRoot;
    private readonly int _toRoot;

    /// <summary>Between two folders; nothing is touched yet.</summary>
    public SharedTree(string from, string to)
    {
        _fromRoot = Encoding.UTF8.GetBytes(from + '/', _from);
        _toRoot = Encoding.UTF8.GetBytes(to + '/', _to);
    }

    /// <summary>Why files are copied, as the system says it; null while all can be linked.</summary>
    public string? WhyCopied { get; private set; }

    /// <summary>Shares one file. The folder above its new name exists.</summary>
    /// <param name="path">Its path in both, UTF-8, safe.</param>
    /// <param name="size">Bytes that it must have.</param>
    /// <exception cref="IOException">The new name could not be made: a full disk, for one.</exception>
    public ShareOutcome Share(ReadOnlySpan<byte> path, long size)
    {
        if (!Fill(_from, _fromRoot, path) || !Fill(_to, _toRoot, path) || !IsPlainFile(_from, size))
        {
            return ShareOutcome.Unusable;
        }

        switch (OperatingSystem.IsWindows() ? LinkOnWindows() : Link(_from, _to) == 0 ? 0 : Marshal.GetLastPInvokeError())
        {
            case 0:
                return ShareOutcome.Linked;
            case Missing or NoFolder:
                return ShareOutcome.Unusable;
            case Exists:
                return ShareOutcome.Taken;
            case int error when IsNoLink(error):
                return Copy(error);
            case int error:
                throw new IOException($"{new Win32Exception(error).Message} : '{Text(_to)}'", error);
        }
    }

    private ShareOutcome Copy(int why)
    {
        WhyCopied ??= new Win32Exception(why).Message;
        try
        {
            File.Copy(Text(_from), Text(_to));
            return ShareOutcome.Copied;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return ShareOutcome.Unusable;
        }
    }

    private int LinkOnWindows() => LinkOnWindows(Text(_to), Text(_from), 0)
        ? 0
        : Marshal.GetLastPInvokeError() switch
        {
            2 => Missing,
            3 => NoFolder,
            183 => Exists,
            112 => 28,
            _ => NotPermitted,
        };

    private static bool Fill(byte[] buffer, int root, ReadOnlySpan<byte> path)
    {
        if (root + path.Length >= LongestPath)
        {
            return false;
        }

        path.CopyTo(buffer.AsSpan(root));
        buffer[root + path.Length] = 0;
        return true;
    }

    private static string Text(byte[] path) => Encoding.UTF8.GetString(path.AsSpan(0, path.AsSpan().IndexOf((byte)0)));

    private static bool IsPlainFile(byte[] path, long size)
    {
        if (!OperatingSystem.IsLinux())
        {
            FileInfo file = new(Text(path));
            return file.Exists && file.LinkTarget is null && file.Length == size;
        }

        Span<byte> found = stackalloc byte[StatSize];
        return Stat(CurrentFolder, path, NoFollow, TypeAndSize, found) == 0
            && (MemoryMarshal.Read<ushort>(found[StatMode..]) & TypeBits) == PlainFile
            && MemoryMarshal.Read<long>(found[StatLength..]) == size;
    }

    /// <summary>EPERM, EXDEV, EMLINK, ENOSYS and EOPNOTSUPP, of Linux and macOS: this file can't be linked, whatever may be done.</summary>
    private static bool IsNoLink(int error) => error is NotPermitted or 18 or 31 or 38 or 78 or 95 or 45;

    private const int NotPermitted = 1;
    private const int Missing = 2;
    private const int Exists = 17;
    private const int NoFolder = 20;

    // statx: the same on every processor, which stat is not.
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint TypeAndSize = 0x201;
    private const int StatSize = 256;
    private const int StatMode = 28;
    private const int StatLength = 40;
    private const int TypeBits = 0xF000;
    private const int PlainFile = 0x8000;

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(ReadOnlySpan<byte> existing, ReadOnlySpan<byte> name);

    [LibraryImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Stat(int folder, ReadOnlySpan<byte> path, int flags, uint mask, Span<byte> found);

    [LibraryImport("kernel32.dll", EntryPoint = "CreateHardLinkW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool LinkOnWindows(string name, string existing, nint security);
}

/// <summary>What became of a file that was to be shared.</summary>
internal enum ShareOutcome
{
    /// <summary>Both snapshots have it now; it takes no room of its own.</summary>
    Linked,

    /// <summary>The new snapshot has a copy.</summary>
    Copied,

    /// <summary>It is missing, no plain file, or has another size than its listing says.</summary>
    Unusable,

    /// <summary>The new name is in use.</summary>
    Taken,
}
