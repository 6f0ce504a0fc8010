namespace Asterisell.Engine.Inventory;

/// <summary>Finds the inventory a command is to use.</summary>
public static class InventoryLocator
{
    /// <summary>Environment variable that names the inventory.</summary>
    public const string Variable = "ASTERISELL_INVENTORY";

    /// <summary>Name of an inventory that is found by looking for it.</summary>
    public const string FileName = "asterisell.yml";

    /// <summary>
    /// The given path; else what <see cref="Variable"/> names; else <see cref="FileName"/> in the current folder or the nearest above it;
    /// else in the user's configuration folder.
    /// </summary>
    /// <param name="path">What the operator named; null for nothing.</param>
    /// <param name="currentFolder">Full path of the shell's current folder.</param>
    /// <returns>Full path of an existing file.</returns>
    /// <exception cref="AsterisellException">
    /// <c>InventoryFileNotFound</c>; <c>InventoryNotFound</c> with every place that was looked at; <c>InventoryNotTrusted</c> for a file in or
    /// above the current folder that others may have written.
    /// </exception>
    public static string Find(string? path, string currentFolder) => Find(path, currentFolder, Environment.GetEnvironmentVariable);

    /// <summary>As above, with another environment.</summary>
    internal static string Find(string? path, string currentFolder, Func<string, string?> environment)
    {
        if (!string.IsNullOrEmpty(path))
        {
            return Named(path, currentFolder, "-InventoryPath");
        }

        if (environment(Variable) is { Length: > 0 } named)
        {
            return Named(named, currentFolder, $"the environment variable {Variable}");
        }

        List<string> places = [];
        for (DirectoryInfo? folder = new(currentFolder); folder is not null; folder = folder.Parent)
        {
            places.Add(Path.Combine(folder.FullName, FileName));
        }

        string own = UserPath(environment);
        places.Add(own);
        string found = places.Find(File.Exists) ?? throw InventoryErrors.InventoryNotFound(places);
        return found != own && InventoryTrust.Doubt(found, environment) is { } doubt ? throw InventoryErrors.InventoryNotTrusted(found, doubt) : found;
    }

    /// <summary>The inventory in the user's configuration folder, there or not.</summary>
    internal static string UserPath(Func<string, string?> environment)
    {
        string folder = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData)
            : environment("XDG_CONFIG_HOME") is { Length: > 0 } configured && Path.IsPathRooted(configured) ? configured
            : Path.Combine(environment("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
        return Path.Combine(folder, "asterisell", FileName);
    }

    private static string Named(string path, string currentFolder, string namedBy)
    {
        string full = Path.GetFullPath(path, currentFolder);
        return File.Exists(full) || Directory.Exists(full) ? full : throw InventoryErrors.InventoryFileNotFound(full, namedBy);
    }
}
