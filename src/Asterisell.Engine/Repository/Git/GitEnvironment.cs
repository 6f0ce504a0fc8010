using System.Diagnostics;

namespace Asterisell.Engine.Repository.Git;

/// <summary>
/// The surroundings that git runs in: the operator's own configuration, hooks, credentials and keys; but never another repository than the one
/// meant, never another language, never a pattern where a name is meant, and no question where nobody could answer.
/// </summary>
internal static class GitEnvironment
{
    /// <summary>Point git elsewhere; a shell that itself runs below git (a hook, an alias) has them.</summary>
    private static readonly string[] Elsewhere =
    [
        "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_PREFIX",
        "GIT_NAMESPACE", "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE", "GIT_QUARANTINE_PATH",
    ];

    /// <summary>Change how names are read. Ours say themselves that they are no patterns; set for git, they would also hold for its hooks.</summary>
    private static readonly string[] Patterns = ["GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"];

    /// <summary>Sets up a process.</summary>
    /// <param name="start">Process to be.</param>
    /// <param name="interactive">True where an operator sits at the terminal and may be asked for a password or a passphrase.</param>
    public static void Apply(ProcessStartInfo start, bool interactive)
    {
        foreach (string name in Elsewhere.Concat(Patterns))
        {
            start.Environment.Remove(name);
        }

        start.Environment.Remove("LANGUAGE");
        start.Environment["LC_ALL"] = OperatingSystem.IsMacOS() ? "en_US.UTF-8" : "C.UTF-8";
        if (!interactive)
        {
            start.Environment["GIT_TERMINAL_PROMPT"] = "0";
            start.Environment["SSH_ASKPASS_REQUIRE"] = "never";
            start.Environment["GCM_INTERACTIVE"] = "never";
            start.Environment.Remove("GPG_TTY");
        }
    }
}
