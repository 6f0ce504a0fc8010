namespace Asterisell.PowerShell.Pipeline;

/// <summary>What can be wrong with a path that an operator gives.</summary>
internal static class PathErrors
{
    private const int Shown = 200;

    /// <summary>It can name no file and no folder.</summary>
    internal static AsterisellException PathNotUsable(string path, string why) => new(
        nameof(PathNotUsable), ErrorKind.InvalidInput, Printable(path), $"this can be no path of a file or a folder: {why}.", "Correct the path.");

    /// <summary>Without what a terminal would obey.</summary>
    private static string Printable(string path)
    {
        string text = string.Concat(path.Take(Shown).Select(c => char.IsControl(c) ? '\uFFFD' : c));
        return path.Length > Shown ? text + "…" : text;
    }
}
