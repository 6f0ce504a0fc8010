namespace Asterisell.Engine;

/// <summary>Folders of the operator's account on this machine.</summary>
internal static class OperatorFolders
{
    /// <summary>What the module keeps: <c>$XDG_STATE_HOME/asterisell</c>, else <c>~/.local/state/asterisell</c>; on Windows below the user's local data.</summary>
    public static string State => Path.Combine(
        OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
        : Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } set && Path.IsPathRooted(set) ? set
        : Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state"),
        "asterisell");
}
