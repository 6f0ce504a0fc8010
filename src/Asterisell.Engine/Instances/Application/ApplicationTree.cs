namespace Asterisell.Engine.Instances.Application;

/// <summary>Which files of a checkout belong to the application in an instance, and which of an instance are the application's own doing.</summary>
internal static class ApplicationTree
{
    /// <summary>The program whose presence makes a folder an application; it is put in its place last.</summary>
    public const string Program = "asterisell.php";

    /// <summary>The rate engine: compiled, not checked out. It is an update's business alone.</summary>
    public const string RateEngine = "scripts/RateEngine";

    /// <summary>Nothing below a folder of this name is the application's, wherever it is.</summary>
    public const string ProviderFolder = "provider_specific";

    /// <summary>
    /// What stays behind with everything below, as in the old tool's deploying rsync; in an instance it is never looked at. New in it:
    /// <c>config/databases.yml</c> (the checkout's has the credentials of a demo, and the old tool installed it for a moment), and what the
    /// application fills by itself, which the old tool deleted with every upgrade: logs with their history, <c>updates</c>, generated graphs.
    /// </summary>
    public static readonly IReadOnlyList<string> LeftOut =
    [
        ".idea", "tmp", "cache", ".fslckout", ".gitignore", "fabfile.py", "fabfile.pyc", "fabric_data", "web/uploads/assets",
        "customizations", "REMOVE_ME_FOR_ENABLING_ASTERISELL_APP", "data_files", "config/databases.yml", "log", "updates", "web/generated_graphs",
    ];

    private static readonly HashSet<string> LeftOutSet = [.. LeftOut];

    /// <summary>True for a file or folder that goes into an instance, provided that the folder it is in does.</summary>
    /// <param name="path">Path below the checkout, with slashes.</param>
    public static bool IsDeployed(string path)
    {
        int slash = path.LastIndexOf('/');
        string name = path[(slash + 1)..];
        return !LeftOutSet.Contains(path)
            && name != ".git"
            && !name.EndsWith('~')
            && !name.EndsWith(".pyc", StringComparison.Ordinal)
            && !(slash >= 0 && IsProviderFolder(path[..slash]));
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

    /// <summary>True for what users of the application put where the application wants it: it is neither a release's nor an operator's.</summary>
    public static bool IsFilledByUse(string path) => path.StartsWith("web/uploads/", StringComparison.Ordinal);

    private static bool IsProviderFolder(string folder) => folder == ProviderFolder || folder.EndsWith("/" + ProviderFolder, StringComparison.Ordinal);
}
