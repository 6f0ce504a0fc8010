using System.Runtime.InteropServices;

namespace Asterisell.Tests.Unit.Inventory;

/// <summary>Gives files away.</summary>
internal static class Owners
{
    public const uint Other = 12345;

    /// <summary>Gives a file to another user; false where this process is not root.</summary>
    public static bool TryGive(string path) => ChangeOwner(path, Other, Other) == 0;

    [DllImport("libc", EntryPoint = "chown", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeOwner(string path, uint user, uint group);
}
