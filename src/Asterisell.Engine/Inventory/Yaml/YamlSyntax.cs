using YamlDotNet.Core;

namespace Asterisell.Engine.Inventory.Yaml;

/// <summary>What the YAML parser refuses, in an operator's words.</summary>
internal static class YamlSyntax
{
    /// <summary>Adds the parser's error, and every tab that indents a line, to the findings.</summary>
    public static void Report(string text, YamlException error, FindingList findings)
    {
        int line = Math.Max(1, (int)error.Start.Line);
        int column = Math.Max(1, (int)error.Start.Column);
        if (!ReportTabs(text, line, findings))
        {
            findings.ErrorAt(FindingId.SyntaxError, line, column, $"Not YAML: {Excerpt.Of(Reason(error))}.");
        }
    }

    private static bool ReportTabs(string text, int errorLine, FindingList findings)
    {
        bool explains = false;
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            number++;
            int indentation = line.Length - line.TrimStart(" \t").Length;
            int tab = line[..indentation].IndexOf('\t');
            if (tab >= 0 && indentation < line.Length && line[indentation] != '#')
            {
                explains |= number == errorLine || number == errorLine + 1 || number == errorLine - 1;
                findings.ErrorAt(FindingId.TabIndentation, number, tab + 1, "A tab indents this line.", "blanks: YAML allows no tabs here");
            }
        }

        return explains;
    }

    private static string Reason(YamlException error)
    {
        // The parser puts "(Line: 1, Col: 1, Idx: 0) - (…): " before some of its messages.
        string message = error.Message;
        int end = message.StartsWith('(') ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        message = end < 0 ? message : message[(end + 3)..];
        return message.TrimEnd('.').ToLowerInvariant();
    }
}
