using System.Text.RegularExpressions;

namespace Asterisell.Engine.Inventory.Yaml;

/// <summary>
/// Empties the entry around a syntax error, so that the rest of the file can be looked at and all errors come at once. The result is
/// never used for anything but findings.
/// </summary>
internal static partial class YamlRepair
{
    /// <summary>Empties the entry that a line belongs to.</summary>
    /// <returns>False when nothing could be emptied.</returns>
    public static bool Empty(SourceLines lines, int line, FindingList findings)
    {
        if (line <= 0 || line > lines.Count)
        {
            return false;
        }

        int section = line;
        while (section > 1 && !IsTop(lines, section))
        {
            section--;
        }

        int first = section + 1;
        while (first <= lines.Count && !lines.HasContent(first))
        {
            first++;
        }

        int level = first <= lines.Count ? lines.Indentation(first) : 0;
        int start = line;
        while (start > section && !(lines.HasContent(start) && lines.Indentation(start) <= level))
        {
            start--;
        }

        int end = start + 1;
        while (end <= lines.Count && (end <= line || !lines.HasContent(end) || lines.Indentation(end) > (start == section ? 0 : level)))
        {
            end++;
        }

        return Empty(lines, start, end, findings);
    }

    private static bool Empty(SourceLines lines, int start, int end, FindingList findings)
    {
        string key = EntryKey().Match(lines[start]) is { Success: true } match ? match.Value : string.Empty;
        bool changed = false;
        for (int number = start; number < end; number++)
        {
            string left = number == start ? key : string.Empty;
            changed |= lines[number] != left;
            lines[number] = left;
        }

        findings.IgnoreLine(start);
        if (key.Length == 0 || lines.Indentation(start) == 0)
        {
            findings.IgnoreReferences();
        }

        return changed;
    }

    private static bool IsTop(SourceLines lines, int number) =>
        lines.HasContent(number) && lines.Indentation(number) == 0 && lines[number][0] is not ('\t' or '-' or ']' or '}');

    [GeneratedRegex(@"^ *[A-Za-z0-9][\w./-]*:(?=\s|$)")]
    private static partial Regex EntryKey();
}
