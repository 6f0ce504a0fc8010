namespace Asterisell.Engine.Backup.Restore.Database;

/// <summary>The three databases of a replacement, side by side on one server.</summary>
/// <param name="Live">The application's own.</param>
internal sealed record DatabaseNames(string Live)
{
    /// <summary>MariaDB's limit for a name.</summary>
    private const int Longest = 64;

    /// <summary>Where the new data are loaded.</summary>
    public string Staging => Suffixed("__restore");

    /// <summary>Where the tables lie that were replaced, until the new ones are judged.</summary>
    public string Kept => Suffixed("__before");

    private string Suffixed(string suffix) => Live[..Math.Min(Live.Length, Longest - suffix.Length)] + suffix;
}
