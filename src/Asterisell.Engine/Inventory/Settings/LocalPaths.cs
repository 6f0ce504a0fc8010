namespace Asterisell.Engine.Inventory.Settings;

/// <summary>Paths of the inventory on the machine that runs the command.</summary>
internal static class LocalPaths
{
    /// <summary>The full path: relative to the folder of the inventory, <c>~/</c> is the home folder.</summary>
    public static string Resolve(string folder, string path)
    {
        string expanded = path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..]
            : path;
        return Path.GetFullPath(expanded, folder);
    }
}
