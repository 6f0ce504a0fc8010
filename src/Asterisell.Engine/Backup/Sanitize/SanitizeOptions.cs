namespace Asterisell.Engine.Backup.Sanitize;

/// <summary>How data is masked.</summary>
public sealed record SanitizeOptions
{
    /// <summary>Passphrase that makes the masks the same in every run; null for a key that nobody keeps.</summary>
    public Secret? Key { get; init; }

    /// <summary>Wildcards of <c>table.column</c> that no rule knows and that stay as they are.</summary>
    public IReadOnlyList<string> AllowUnknownColumns { get; init; } = [];

    /// <summary>The failure that something was said of masks, and nobody asked for them.</summary>
    public static AsterisellException NotAsked(string parameter) => SanitizeErrors.SanitizeNotAsked(parameter);
}
