namespace Asterisell.Engine.Backup.Transfer;

/// <summary>Compares what the application's file <c>VERSION</c> says: <c>Asterisell-5.10</c> is newer than <c>Asterisell-5.8</c>.</summary>
internal static class ApplicationVersion
{
    /// <summary>True where both are understood and the first is newer.</summary>
    public static bool IsNewer(string? version, string? than) =>
        Parse(version) is { } first && Parse(than) is { } second && first > second;

    private static Version? Parse(string? text)
    {
        string number = text is null ? string.Empty : text[(text.LastIndexOf('-') + 1)..];
        return Version.TryParse(number, out Version? version) ? version : null;
    }
}
