namespace Asterisell.Engine.Instances.Application;

/// <summary>Which files of a checkout belong to the application in an instance.</summary>
internal static class ApplicationTree
{
    /// <summary>The program whose presence makes a folder an application; it is put in its place last.</summary>
    public const string Program = "asterisell.php";

    /// <summary>
    /// What stays behind, as in the old tool's deploying rsync. Its rule for <c>config/databases.yml</c> is new: the checkout's has the
    /// credentials of a demo, and the old tool installed it for a moment.
    /// </summary>
    private static readonly string[] LeftOut =
    [
        ".git", ".idea", "tmp", "cache", ".fslckout", ".gitignore", "fabfile.py", "fabfile.pyc", "fabric_data", "web/uploads/assets",
        "customizations", "REMOVE_ME_FOR_ENABLING_ASTERISELL_APP", "data_files", "config/databases.yml",
    ];

    /// <summary>True for a file or folder that goes into an instance, provided that the folder it is in does.</summary>
    /// <param name="path">Path below the checkout, with slashes.</param>
    public static bool IsDeployed(string path)
    {
        string name = path[(path.LastIndexOf('/') + 1)..];
        return !LeftOut.Contains(path, StringComparer.Ordinal)
            && !name.EndsWith('~')
            && !name.EndsWith(".pyc", StringComparison.Ordinal)
            && Path.GetFileName(Path.GetDirectoryName(path)) != "provider_specific";
    }

    /// <summary>True for a file that goes into an instance, judged with all folders that it is in.</summary>
    /// <param name="path">Path below the checkout, with slashes.</param>
    public static bool HoldsDeployed(string path)
    {
        for (int slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (!IsDeployed(path[..slash]))
            {
                return false;
            }
        }

        return IsDeployed(path);
    }
}
