using System.Globalization;
using System.Runtime.Versioning;

namespace Asterisell.Engine.Inventory;

/// <summary>
/// Whether an inventory that nobody named may be used. It decides which hosts commands work on, and the current folder may be a place
/// that others write to, such as <c>/tmp</c>.
/// </summary>
internal static class InventoryTrust
{
    /// <summary>Why a file is not to be used; null when it may be.</summary>
    public static string? Doubt(string path, Func<string, string?> environment) => OperatingSystem.IsWindows() ? null : DoubtOnUnix(path, environment);

    [UnsupportedOSPlatform("windows")]
    private static string? DoubtOnUnix(string path, Func<string, string?> environment)
    {
        if ((File.GetUnixFileMode(path) & UnixFileMode.OtherWrite) != 0)
        {
            return "everybody may write it";
        }

        if (UnixFile.Find(path) is not { Owner: not 0 } file)
        {
            return null;
        }

        uint user = UnixFile.CurrentUser();
        bool isMine = file.Owner == user
            || (user == 0 && environment("SUDO_UID") == file.Owner.ToString(CultureInfo.InvariantCulture));
        return isMine ? null : $"it belongs to user {file.Owner}, neither you nor root";
    }
}
