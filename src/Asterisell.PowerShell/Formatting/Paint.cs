namespace Asterisell.PowerShell.Formatting;

/// <summary>Colours of the eight that every terminal has, whatever its background.</summary>
internal static class Paint
{
    private const string Reset = "\u001b[0m";

    private static readonly HashSet<string> Good = new(StringComparer.OrdinalIgnoreCase)
    {
        "Passed", "Succeeded", "Unchanged", "Running", "Healthy", "Ok", "Valid", "Verified", "Complete", "True", "Kept", "Clean", "Updated",
    };

    private static readonly HashSet<string> Doubtful = new(StringComparer.OrdinalIgnoreCase)
    {
        "Warning", "Unknown", "Degraded", "Skipped", "Paused", "Starting", "Restarting", "Locked", "Stale", "Removable",
        "NeverProven", "ProofTooOld", "FromTheFuture", "OperatorFile", "DatabaseRestart", "UpgradeJobs", "NewContainer",
        "Changed", "Merging", "Occupied", "Foreseen",
    };

    private static readonly HashSet<string> Bad = new(StringComparer.OrdinalIgnoreCase)
    {
        "Failed", "Error", "Critical", "Exited", "Dead", "Stopped", "Missing", "Unhealthy", "Unreachable", "Invalid", "Damaged", "Incomplete", "Absent",
        "NoBackup", "TooOld", "ProofFailed", "MuchSmaller", "Unreadable", "Conflicted", "Interrupted",
    };

    internal static string Word(string word) =>
        Good.Contains(word) ? $"\u001b[32m{word}{Reset}"
        : Doubtful.Contains(word) ? Warning(word)
        : Bad.Contains(word) ? $"\u001b[31m{word}{Reset}"
        : word;

    internal static string Failure(string text) => $"\u001b[31m{text}{Reset}";

    internal static string Warning(string text) => $"\u001b[33m{text}{Reset}";

    internal static string Faint(string text) => $"\u001b[2m{text}{Reset}";
}
