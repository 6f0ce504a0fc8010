using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Asterisell.Engine.Inventory;

/// <summary>Kind, owner, names and size of a file, asked of the kernel because .NET tells neither.</summary>
/// <param name="IsRegular">True for a regular file.</param>
/// <param name="Owner">User id.</param>
/// <param name="Links">Names that lead to it.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Stamp">Time of its last change of any sort, device and inode: equal as long as nothing of it changes.</param>
internal sealed record UnixFile(bool IsRegular, uint Owner, uint Links, long Length, string Stamp)
{
    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;
    private const int AtEmptyPath = 0x1000;
    private const int AtCurrentDirectory = -100;
    private const uint BasicStats = 0x7FF;
    private const int NoSuchFile = 2;

    /// <summary>What a path leads to, links followed; null on a system without <c>statx</c>.</summary>
    public static UnixFile? Find(string path) => Ask(AtCurrentDirectory, path, 0);

    /// <summary>What an open file is; null on a system without <c>statx</c>.</summary>
    public static UnixFile? Find(SafeFileHandle file)
    {
        bool added = false;
        try
        {
            file.DangerousAddRef(ref added);
            return Ask((int)file.DangerousGetHandle(), string.Empty, AtEmptyPath);
        }
        finally
        {
            if (added)
            {
                file.DangerousRelease();
            }
        }
    }

    /// <summary>Effective user id of this process.</summary>
    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern uint CurrentUser();

    private static UnixFile? Ask(int directory, string path, int flags)
    {
        byte[] answer = new byte[256];
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                return null;
            }

            if (Statx(directory, Encoding.UTF8.GetBytes(path + '\0'), flags, BasicStats, answer) != 0)
            {
                int error = Marshal.GetLastPInvokeError();
                throw error == NoSuchFile ? new FileNotFoundException(null, path) : new IOException(new Win32Exception(error).Message);
            }
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }

        // struct statx is the same on every architecture: stx_nlink at 16, stx_uid at 20, stx_mode at 28, stx_ino at 32, stx_size
        // at 40, stx_ctime at 96, stx_dev at 136.
        return new UnixFile(
            (BitConverter.ToUInt16(answer, 28) & TypeMask) == RegularType, BitConverter.ToUInt32(answer, 20), BitConverter.ToUInt32(answer, 16),
            BitConverter.ToInt64(answer, 40), StampOf(answer));
    }

    private static string StampOf(byte[] answer) => string.Create(
        CultureInfo.InvariantCulture,
        $"{BitConverter.ToInt64(answer, 96)}.{BitConverter.ToUInt32(answer, 104):000000000}:{BitConverter.ToUInt32(answer, 136)}:{BitConverter.ToUInt32(answer, 140)}:{BitConverter.ToUInt64(answer, 32)}");

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int directory, byte[] path, int flags, uint mask, [Out] byte[] answer);
}
