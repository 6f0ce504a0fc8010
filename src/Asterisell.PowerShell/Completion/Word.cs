using System.Management.Automation.Language;

namespace Asterisell.PowerShell.Completion;

/// <summary>A word on PowerShell's command line.</summary>
internal static class Word
{
    /// <summary>What was typed, without the quotes around it.</summary>
    internal static string Unquote(string typed)
    {
        string text = typed.Length > 0 && IsQuote(typed[0]) ? typed[1..] : typed;
        return text.Length > 0 && typed.Length > 1 && IsQuote(typed[0]) && text[^1] == typed[0] ? text[..^1] : text;
    }

    /// <summary>The text as an argument: quoted as the operator began, or where it would not be one word.</summary>
    internal static string Quote(string text, string typed)
    {
        if (typed.StartsWith('"'))
        {
            return "\"" + text.Replace("`", "``", StringComparison.Ordinal).Replace("$", "`$", StringComparison.Ordinal).Replace("\"", "`\"", StringComparison.Ordinal) + "\"";
        }

        bool plain = !typed.StartsWith('\'') && text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '/' or '*')
            && char.IsLetterOrDigit(text[0]);
        return plain ? text : "'" + CodeGeneration.EscapeSingleQuotedStringContent(text) + "'";
    }

    private static bool IsQuote(char c) => c is '\'' or '"';
}
