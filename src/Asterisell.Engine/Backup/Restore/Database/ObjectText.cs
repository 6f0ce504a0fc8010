using System.Text.RegularExpressions;

namespace Asterisell.Engine.Backup.Restore.Database;

/// <summary>
/// The text of views, triggers, routines and events, made fit for another instance: whose right they use (the definer), and the name of the
/// database where it stands in them.
/// </summary>
/// <remarks>
/// A dump names the user that made each object. Where there is no such user, a trigger is created with a warning and every change of its table
/// fails afterwards; loaded as somebody else than root, the dump stops at the first one with error 1227.
/// </remarks>
internal static partial class ObjectText
{
    /// <summary>Adapts a text.</summary>
    /// <param name="text">As mysqldump writes it; without rows.</param>
    /// <param name="definer">User that the objects belong to from now on, at <c>localhost</c>.</param>
    /// <param name="from">Name of the database that was dumped; null where it stays.</param>
    /// <param name="to">Name of the database that it is loaded into.</param>
    public static string Adapt(string text, string definer, string? from, string to)
    {
        string account = $"`{definer.Replace("`", "``", StringComparison.Ordinal)}`@`localhost`";
        string adapted = Definer().Replace(text, match => $"{match.Groups["word"].Value}{account}");
        return from is null || from == to ? adapted : Rename(adapted, from, to);
    }

    /// <summary>Quoted names anywhere; bare ones only before a table of the application, since a word may be an alias.</summary>
    private static string Rename(string text, string from, string to)
    {
        string quoted = $"`{to.Replace("`", "``", StringComparison.Ordinal)}`.";
        string name = Regex.Escape(from);
        return Regex.Replace(
            text, $@"`{name}`\s*\.|(?<![\w`.@]){name}\.(?=`?ar_)", _ => quoted, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(30));
    }

    [GeneratedRegex(@"(?<word>\bDEFINER\s*=\s*)(?:`(?:[^`]|``)*`|'(?:[^']|'')*'|[\w$]+)\s*@\s*(?:`(?:[^`]|``)*`|'(?:[^']|'')*'|[\w$.%]+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Definer();
}
