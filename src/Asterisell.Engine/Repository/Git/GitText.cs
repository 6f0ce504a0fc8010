using System.Text;
using System.Text.RegularExpressions;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Repository.Git;

/// <summary>Words and names that come from git, made fit for a message.</summary>
internal static partial class GitText
{
    private const int Named = 5;

    /// <summary>What git says besides, whatever the reason.</summary>
    private static readonly string[] Quiet = ["Not committing merge;", "Automatic merge ", "Auto-merging ", "Created autostash", "Applied autostash", "Already up to date"];

    /// <summary>What git said went wrong: its first <c>fatal:</c> or <c>error:</c>, else its last line; passwords of addresses masked.</summary>
    public static string Reason(string errors)
    {
        string[] lines = errors.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string line = lines.FirstOrDefault(one => one.StartsWith("fatal: ", StringComparison.Ordinal) || one.StartsWith("error: ", StringComparison.Ordinal))
            ?? lines.LastOrDefault() ?? "it said nothing";
        return EngineText.Clean(WithoutPassword(Prefix().Replace(line, "")));
    }

    /// <summary>Everything that git and its hooks said but advice, in one line.</summary>
    public static string Words(GitOutput output)
    {
        IEnumerable<string> lines = $"{output.Errors}\n{output.Text}"
            .Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith("hint:", StringComparison.Ordinal) && !Quiet.Any(quiet => line.StartsWith(quiet, StringComparison.Ordinal)))
            .Select(line => EngineText.Clean(Prefix().Replace(line, "")));
        string words = EngineText.Clean(WithoutPassword(string.Join("; ", lines)));
        return words.Length == 0 ? "it said nothing" : words;
    }

    /// <summary>An address without what may be a password in it.</summary>
    public static string WithoutPassword(string text) => Password().Replace(text, "$1********@");

    /// <summary>A path below the checkout as an argument: no pattern, wherever git runs.</summary>
    public static string Literal(string path) => ":(top,literal)" + path;

    /// <summary>A name in one line, without what a terminal would obey.</summary>
    public static string Name(string name)
    {
        StringBuilder text = new(name.Length);
        foreach (char c in name)
        {
            text.Append(c switch { '\n' => "\\n", '\t' => "\\t", '\r' => "\\r", _ when char.IsControl(c) => "\uFFFD", _ => c.ToString() });
        }

        return text.ToString();
    }

    /// <summary>The first few names.</summary>
    public static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(Named).Select(Name)) + (names.Count > Named ? $" and {names.Count - Named} more" : "");

    [GeneratedRegex("^(?:fatal|error): ", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"(\b[a-z][a-z0-9+.-]*://[^\s/:@]*:)[^\s/@]+@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Password();
}
